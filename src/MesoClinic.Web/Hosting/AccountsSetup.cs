using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using FluentValidation;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Web.Components.Account;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MesoClinic.Web.Hosting;

internal static class AccountsSetup
{
    /// <summary>Length instead of composition rules; five wrong tries pause sign-in for 15 minutes.</summary>
    public const int PasswordLength = 12;
    public const int StaffPasswordLength = 15;
    private const int PasswordIterations = 220_000;

    public static void AddClinicAccounts(this IServiceCollection services, ClinicOptions clinic, string urls)
    {
        services.AddSingleton<SignInSessions>().AddSingleton<SignInTries>().AddScoped<PasswordCheck>();
        services.AddScoped<IValidator<LoginForm>, LoginForm.Validator>();
        services.AddScoped<CircuitHandler, CircuitSignOut>();
        services.AddSignInLimit(clinic.Limits.SignInsPerMinute);
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services
            .AddIdentityCore<ClinicUser>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = PasswordLength;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<ClinicDbContext>()
            .AddSignInManager<ClinicSignInManager>()
            .AddClaimsPrincipalFactory<ClinicClaims>()
            .AddDefaultTokenProviders();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordIterations);
        services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = TimeSpan.FromMinutes(1);
            options.OnRefreshingPrincipal = refresh =>
            {
                // A renewed cookie is still the same sign-in.
                var claims = refresh.CurrentPrincipal?.Claims.Where(claim => claim.Type is SignInSessions.SessionClaim or SignInSessions.StartedClaim) ?? [];
                (refresh.NewPrincipal?.Identity as ClaimsIdentity)?.AddClaims(claims);
                return Task.CompletedTask;
            };
        });
        var onlyHttps = urls.Split(';', StringSplitOptions.RemoveEmptyEntries).All(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
        services.ConfigureApplicationCookie(options =>
        {
            // The prefix makes browsers refuse the cookie over http and from other hosts; without https they would refuse it altogether.
            options.Cookie.Name = onlyHttps ? "__Host-mesoclinic" : "mesoclinic";
            options.Cookie.SecurePolicy = onlyHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.LoginPath = "/account/login";
            options.LogoutPath = "/account/logout";
            options.AccessDeniedPath = "/account/denied";
            options.ExpireTimeSpan = SignInSessions.Longest;
            options.SlidingExpiration = false;
            options.Events.OnValidatePrincipal = ValidateAsync;
        });
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidateEachMinute>();
    }

    /// <summary>A cookie counts while its stamp is the account's and its sign-in has not ended. A page that is asked for is activity; a live connection by itself is not.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<SignInSessions>();
        if (context.Principal is null || !sessions.IsLive(context.Principal))
        {
            context.RejectPrincipal();
            await context.HttpContext.RequestServices.GetRequiredService<SignInManager<ClinicUser>>().SignOutAsync();
            return;
        }

        await SecurityStampValidator.ValidatePrincipalAsync(context);
        if (context.Principal is { } user && !context.HttpContext.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal))
        {
            sessions.Touch(user);
        }
    }

    /// <summary>So many sign-ins and uses of one-time links a minute and address; beyond that, a page that says so.</summary>
    private static void AddSignInLimit(this IServiceCollection services, int perMinute) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "60";
            return ValueTask.CompletedTask;
        };
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => IsGuess(context.Request)
            ? RateLimitPartition.GetFixedWindowLimiter(
                "try:" + context.Connection.RemoteIpAddress, _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter("other"));
    });

    private static bool IsGuess(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.Value?.ToLower(CultureInfo.InvariantCulture) is "/account/login" or "/account/invitation" or "/account/setup" or "/account/password";
}

/// <summary>A disabled account cannot sign in, whatever its password.</summary>
internal sealed class ClinicSignInManager(
    UserManager<ClinicUser> users, IHttpContextAccessor context, IUserClaimsPrincipalFactory<ClinicUser> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<ClinicUser>> logger, Microsoft.AspNetCore.Authentication.IAuthenticationSchemeProvider schemes, IUserConfirmation<ClinicUser> confirmation)
    : SignInManager<ClinicUser>(users, context, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(ClinicUser user) => !user.IsDisabled && await base.CanSignInAsync(user);
}

/// <summary>Adds the name that the pages show.</summary>
internal sealed class ClinicClaims(UserManager<ClinicUser> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<ClinicUser, IdentityRole<Guid>>(users, roles, options)
{
    public const string DisplayName = "display_name";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(ClinicUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(DisplayName, user.DisplayName));
        return identity;
    }
}

/// <summary>A live page loses its user within a minute after the account was disabled, demoted or got a new password, or the sign-in ran out.</summary>
internal sealed class RevalidateEachMinute(ILoggerFactory loggers, IServiceScopeFactory scopes, IOptions<IdentityOptions> options, SignInSessions sessions)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (!sessions.IsLive(authenticationState.User))
        {
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<ClinicUser>>();
        var user = await users.GetUserAsync(authenticationState.User);
        return user is { IsDisabled: false }
            && authenticationState.User.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType) == await users.GetSecurityStampAsync(user);
    }
}

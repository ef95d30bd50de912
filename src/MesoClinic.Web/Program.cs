using MesoClinic.Application;
using MesoClinic.Application.Audit;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Photos;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Rules;
using MesoClinic.Web;
using MesoClinic.Web.Api;
using MesoClinic.Web.Components;
using MesoClinic.Web.Components.Account;
using MesoClinic.Web.Components.Booking;
using MesoClinic.Web.Components.Photos;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Components.Shared;
using MesoClinic.Web.Hosting;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Radzen;

try
{
    StartupChecks.RefuseForgeableCookies();
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });
    builder.WebHost.UseStaticWebAssets();
    var options = ClinicOptions.From(builder.Configuration);
    var folder = DataFolder.For(options, builder.Environment.ContentRootPath);

    var verifiesAudit = args is ["verify-audit", ..];
    if (!verifiesAudit)
    {
        FreeAddress.Require(builder.Configuration["urls"]);
    }

    using var folderLock = options.UsesSqlite && !verifiesAudit ? DataFolderLock.Take(folder) : null;
    builder.AddClinicLogging(folder);
    builder.Services.AddSingleton(options.IsDemo(builder.Environment) && options.DemoTime is { } start ? (TimeProvider)new DemoClock(start) : TimeProvider.System);
    builder.Services.AddSingleton(options).AddSingleton(folder);
    builder.Services.AddSingleton(new ClinicCardSource(ClinicCardSource.None));
    builder.Services.AddClinicDatabase(options, folder);
    var ruleBook = builder.Services.AddRuleBook();
    builder.Services.AddClinicAccounts(options, builder.Configuration["urls"] ?? "");
    builder.Services.AddClinicMail(options, folder, options.IsDemo(builder.Environment), builder.Configuration["urls"] ?? "");
    builder.Services.AddSingleton(new PhotoLimits { Folder = folder.File("photos"), Bytes = options.Limits.PhotoMegabytes * 1024L * 1024 });
    builder.Services.AddClinicApplication();
    builder.Services.AddHostedService(provider => provider.GetRequiredService<ProvisionalSweep>())
        .AddHostedService(provider => provider.GetRequiredService<Rescreener>())
        .AddHostedService(provider => provider.GetRequiredService<CalendarChanges>())
        .AddHostedService(provider => provider.GetRequiredService<SafetyNews>())
        .AddHostedService(provider => provider.GetRequiredService<OutboxSender>())
        .AddHostedService(provider => provider.GetRequiredService<PhotoSweep>())
        .AddHostedService(provider => provider.GetRequiredService<RecordCheck>());
    builder.Services.AddCascadingValue(provider => KnowledgeTitlesOf.Book(provider.GetRequiredService<RuleBook>().Knowledge));
    builder.Services.AddSingleton<RuleBookSignature>().AddSingleton<SessionScreens>();
    builder.Services.AddCascadingValue(provider => provider.GetRequiredService<RuleBookSignature>());
    builder.Services.AddCascadingValue(provider => new PlanTitles(provider.GetRequiredService<RuleBook>().Knowledge));
    builder.Services.AddScoped<ClinicSender>();
    builder.Services.AddSingleton<WrongKeys>();
    builder.Services.AddApiDocument();
    builder.Services.AddSingleton<CircuitCount>().AddScoped<CircuitHandler, CircuitLimit>().AddScoped<BrowserConnection>().AddScoped<CircuitHandler>(provider => provider.GetRequiredService<BrowserConnection>());
    builder.Services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
    builder.Services.AddHttpContextAccessor();
    builder.Services.AddRadzenComponents();

    // A browser that is gone answers no call. Waiting for it costs nothing and ends with the page; giving up is an error in a part of the calendar that is being taken away, which ends the page.
    builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits => circuits.JSInteropDefaultCallTimeout = Timeout.InfiniteTimeSpan)
        // The browser counts the line as lost after three of these (start.js).
        .AddHubOptions(hub => hub.KeepAliveInterval = TimeSpan.FromSeconds(4));
    builder.Services.AddExceptionHandler<DiskFullHandler>();
    builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]);

    var app = builder.Build();
    if (verifiesAudit)
    {
        return await AuditCommand.RunAsync(app.Services, CancellationToken.None);
    }

    if (!app.Environment.IsDevelopment())
    {
        app.UseHsts();
    }

    app.UseErrorPages();
    app.UseSecurityHeaders();
    app.UseRouting();
    app.UseRateLimiter();
    app.UseSetupRedirect();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseAntiforgery();
    app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
    app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
    app.MapStaticAssets();
    app.MapAccount();
    app.MapPhotos();
    app.MapSessions();
    app.MapApi();
    app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
    {
        server.ContentSecurityFrameAncestorsPolicy = "'none'";
        server.DisableWebSocketCompression = true;
    });

    await app.PrepareAsync(options, ruleBook, CancellationToken.None);
    await app.RunAsync();
    return 0;
}
catch (IOException error) when (error.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync("Another program already listens on this address. Stop it, or choose another with --urls http://localhost:5081.");
    return 1;
}
catch (StartRefused refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}

public partial class Program;

using System.Text.RegularExpressions;
using MediatR;
using MesoClinic.Application;
using MesoClinic.Application.Staff;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Account;

/// <summary>The whole portal on an empty data folder, as a real clinic starts it, or the demo.</summary>
public sealed partial class Portal : WebApplicationFactory<Program>
{
    public const string Email = "sofia@harrow.example";
    public const string Password = "four quiet green lamps";
    private readonly string folder = Directory.CreateTempSubdirectory("mesoclinic-web-").FullName;

    public int SignInsPerMinute { get; init; } = 1000;

    /// <summary>With the made-up clinic in it.</summary>
    public bool Demo { get; init; }

    public async Task SetUpAsync()
    {
        var outcome = await SendAsync(new SetUpClinic.Command
        {
            Code = Services.GetRequiredService<SetupCode>().ToString(), ClinicName = "Harrow Lane", Phone = "020 7946 0142", EmergencyNumber = "999", TimeZone = "Europe/London",
            ManagerName = "Sofia Brandt", Email = Email, Password = Password, PasswordAgain = Password,
        });
        if (!outcome.Succeeded)
        {
            throw new InvalidOperationException(outcome.Failure.Kind);
        }
    }

    public async Task<Outcome<T>> SendAsync<T>(IRequest<Outcome<T>> request, Guid? user = null)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Is(user, null, "test");
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public HttpClient Browser() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>Loads the sign-in page and sends it.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string email, string password, string returnUrl = "/")
    {
        ArgumentNullException.ThrowIfNull(browser);
        var page = new Uri($"/account/login?ReturnUrl={Uri.EscapeDataString(returnUrl)}", UriKind.Relative);
        var token = Token().Match(await browser.GetStringAsync(page)).Groups["token"].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = token, ["_handler"] = "login", ["Form.Email"] = email, ["Form.Password"] = password,
        });
        return await browser.PostAsync(page, form);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("MesoClinic:Data:Folder", folder);
        builder.UseSetting("MesoClinic:Demo", Demo ? "true" : "false");
        builder.UseSetting("MesoClinic:Limits:SignInsPerMinute", SignInsPerMinute.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(folder))
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}

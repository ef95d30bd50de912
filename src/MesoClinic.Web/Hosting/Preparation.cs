using System.Net;
using MesoClinic.Application.Clinics.Demo;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Staff;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Data.Seeding;
using MesoClinic.Domain.Clinics;
using MesoClinic.Rules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Web.Hosting;

/// <summary>Everything between the command line and the first request: the database exists, is up to date, and is the one that was meant.</summary>
internal static class Preparation
{
    private static readonly string DemoSeeds = Path.Combine(AppContext.BaseDirectory, "seeds", "demo");

    public static async Task PrepareAsync(this WebApplication app, ClinicOptions options, Task<RuleBook> ruleBook, CancellationToken token)
    {
        var demo = options.IsDemo(app.Environment);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ClinicDbContext>();
        var engine = scope.ServiceProvider.GetRequiredService<DatabaseEngine>();
        var passwords = scope.ServiceProvider.GetRequiredService<IPasswordHasher<ClinicUser>>();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var draft = new Lazy<Task<DemoDraft>>(() => Task.Run(async () => new DemoDraft(DemoSeeds, await ruleBook, passwords, now), token));
        var folder = app.Services.GetRequiredService<DataFolder>();
        if (demo && options.UsesSqlite && !File.Exists(folder.File(DatabaseSetup.FileName)))
        {
            // A first start: the demo is thought up beside the making of its database.
            _ = draft.Value;
        }

        await Migrations.MigrateAsync(db, engine, folder, app.Services.GetRequiredService<TimeProvider>(), token);
        await StartupChecks.WarnOfOldSqliteAsync(db, engine, app.Logger, token);

        await ruleBook;
        await TakeUpClinicRulesAsync(app.Services.GetRequiredService<CurrentRuleBook>(), db, token);
        var clinic = await db.Clinics.AsNoTracking().SingleOrDefaultAsync(token);
        if (demo)
        {
            RefuseDemoOn(clinic, app.Configuration["urls"] ?? "");
            if (clinic is null)
            {
                await scope.ServiceProvider.GetRequiredService<DemoClinic>().FillAsync(await draft.Value, token);
            }
        }
        else if (clinic is { IsDemo: true })
        {
            throw new StartRefused("This database holds the demo clinic with its published passwords. Start it with MesoClinic:Demo=true, or choose another MesoClinic:Data:Folder.");
        }

        await app.ShowClinicAsync(db, token);
        if (demo)
        {
            app.Lifetime.ApplicationStarted.Register(() => PresentDemo(app.Urls));
        }

        if (!demo && clinic is null)
        {
            app.OpenSetup();
        }
    }

    private static async Task TakeUpClinicRulesAsync(CurrentRuleBook books, ClinicDbContext db, CancellationToken token)
    {
        try
        {
            await books.RefreshAsync(db, token);
        }
        catch (SeedException error)
        {
            throw new StartRefused($"The clinic's own rules no longer fit the knowledge that this version brings: {error.Message} Start the version before, correct the rule there, then update again.");
        }
    }

    private static void PresentDemo(IEnumerable<string> addresses)
    {
        Console.WriteLine();
        Console.WriteLine($"The demo clinic is open at {string.Join(" and ", addresses)}");
        Console.WriteLine($"  cosmetologist  {DemoClinic.CosmetologistEmail}");
        Console.WriteLine($"  physician      {DemoClinic.PhysicianEmail}");
        Console.WriteLine($"  manager        {DemoClinic.ManagerEmail}");
        Console.WriteLine($"  patient        {DemoClinic.PatientEmail}");
        Console.WriteLine($"  password       {DemoClinic.Password}        API key  {DemoClinic.ApiKey}");
        Console.WriteLine();
    }

    /// <summary>The code goes to the console only: a log file has more readers than a screen.</summary>
    private static void OpenSetup(this WebApplication app)
    {
        var code = app.Services.GetRequiredService<SetupCode>();
        code.Open();
        Console.WriteLine($"This clinic is not set up yet. Open /account/setup and enter the code {code}");
    }

    /// <summary>Puts the clinic's name and numbers on every page.</summary>
    private static async Task ShowClinicAsync(this WebApplication app, ClinicDbContext db, CancellationToken token)
    {
        var card = await db.Clinics.AsNoTracking().Select(clinic => new ClinicCard(clinic.Name, clinic.Phone, clinic.EmergencyNumber, clinic.IsDemo, clinic.EmergencyKit)).SingleOrDefaultAsync(token);
        app.Services.GetRequiredService<ClinicCardSource>().Current = card ?? ClinicCardSource.None;
    }

    private static void RefuseDemoOn(Clinic? clinic, string urls)
    {
        if (clinic is { IsDemo: false })
        {
            throw new StartRefused("This database holds a real clinic; the demo does not start on it. Set MesoClinic:Demo=false, or choose another MesoClinic:Data:Folder.");
        }

        var open = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(url => !IsLoopback(url));
        if (open is not null)
        {
            throw new StartRefused($"The demo clinic has published passwords, so it listens on this machine only; \"{open}\" is open to others. Use http://localhost:5080, or set MesoClinic:Demo=false.");
        }
    }

    private static bool IsLoopback(string url)
    {
        var host = BindingAddress.Parse(url).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}

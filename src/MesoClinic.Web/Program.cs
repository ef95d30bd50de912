using MesoClinic.Application;
using MesoClinic.Web;
using MesoClinic.Web.Components;
using MesoClinic.Web.Hosting;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Radzen;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });
    builder.WebHost.UseStaticWebAssets();
    var options = ClinicOptions.From(builder.Configuration);
    var folder = DataFolder.For(options, builder.Environment.ContentRootPath);

    builder.AddClinicLogging(folder);
    builder.Services.AddSingleton(options).AddSingleton(folder).AddSingleton<SetupCode>();
    builder.Services.AddSingleton(new ClinicCardSource(new ClinicCard("MesoClinic", "", "112", Demo: false)));
    builder.Services.AddClinicDatabase(options, folder);
    builder.Services.AddRuleBook();
    builder.Services.AddClinicAccounts();
    builder.Services.AddClinicApplication();
    builder.Services.AddScoped<ClinicSender>();
    builder.Services.AddSingleton<CircuitCount>().AddScoped<CircuitHandler, CircuitLimit>();
    builder.Services.AddHttpContextAccessor();
    builder.Services.AddRadzenComponents();
    builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits => circuits.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(15));
    builder.Services.AddHealthChecks();

    var app = builder.Build();
    app.UseExceptionHandler("/error", createScopeForErrors: true);
    app.UseStatusCodePagesWithReExecute("/not-found");
    app.UseSecurityHeaders();
    app.UseAntiforgery();
    app.MapHealthChecks("/health/live").AllowAnonymous();
    app.MapHealthChecks("/health/ready").AllowAnonymous();
    app.MapStaticAssets();
    app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
    {
        server.ContentSecurityFrameAncestorsPolicy = "'none'";
        server.DisableWebSocketCompression = true;
    });

    await app.PrepareAsync(options, CancellationToken.None);
    await app.RunAsync();
    return 0;
}
catch (StartRefused refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}

public partial class Program;

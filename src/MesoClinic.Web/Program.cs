using MesoClinic.Application;
using MesoClinic.Application.Booking;
using MesoClinic.Web;
using MesoClinic.Web.Components;
using MesoClinic.Web.Components.Account;
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
    builder.Services.AddSingleton(new ClinicCardSource(ClinicCardSource.None));
    builder.Services.AddClinicDatabase(options, folder);
    builder.Services.AddRuleBook();
    builder.Services.AddClinicAccounts(options, builder.Configuration["urls"] ?? "");
    builder.Services.AddClinicApplication();
    builder.Services.AddHostedService(provider => provider.GetRequiredService<ProvisionalSweep>());
    builder.Services.AddScoped<ClinicSender>();
    builder.Services.AddSingleton<CircuitCount>().AddScoped<CircuitHandler, CircuitLimit>();
    builder.Services.AddHttpContextAccessor();
    builder.Services.AddRadzenComponents();
    builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits => circuits.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(15));
    builder.Services.AddHealthChecks();

    var app = builder.Build();
    app.UseExceptionHandler("/error", createScopeForErrors: true);
    app.UseStatusCodePagesWithReExecute("/not-found", "?status={0}");
    app.UseSecurityHeaders();
    app.UseRouting();
    app.UseRateLimiter();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseAntiforgery();
    app.MapHealthChecks("/health/live").AllowAnonymous();
    app.MapHealthChecks("/health/ready").AllowAnonymous();
    app.MapStaticAssets();
    app.MapAccount();
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

using System.Globalization;
using Serilog;
using Serilog.Formatting.Json;

namespace MesoClinic.Web.Hosting;

internal static class LoggingSetup
{
    /// <summary>Lines on the console and JSON in a rolling file. Requests log their name and outcome only; no health data.</summary>
    public static void AddClinicLogging(this WebApplicationBuilder builder, DataFolder folder)
    {
        var logger = new LoggerConfiguration()
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .WriteTo.Console(outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}", formatProvider: CultureInfo.InvariantCulture)
            .WriteTo.File(new JsonFormatter(renderMessage: true), folder.File("logs/mesoclinic-.json"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: 30)
            .CreateLogger();
        builder.Logging.ClearProviders().AddSerilog(logger, dispose: true);
    }
}

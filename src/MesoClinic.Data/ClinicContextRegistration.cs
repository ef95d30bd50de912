using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Data;

public static class ClinicContextRegistration
{
    /// <summary>Registers the context, its factory for background work, and the gate that writes pass through.</summary>
    public static IServiceCollection AddClinicContext(this IServiceCollection services, Action<DbContextOptionsBuilder> engine) =>
        services
            .AddSingleton<WriteGate>()
            .AddDbContextFactory<ClinicDbContext>(
                options =>
                {
                    engine(options);
                    options.AddInterceptors(new VersionInterceptor());

                    // Whether the migrations fit the model is for the drift tests to say: comparing the two takes a second of every start.
                    options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
                },
                ServiceLifetime.Scoped);
}

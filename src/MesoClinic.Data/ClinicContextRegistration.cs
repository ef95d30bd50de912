using Microsoft.EntityFrameworkCore;
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
                },
                ServiceLifetime.Scoped);
}

using MediatR;
using MesoClinic.Data;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

public static class GetClinicSettings
{
    [Requires(Permission.ManageClinic)]
    public sealed record Query : IQuery<Settings>;

    public sealed record Settings(
        string Name, string Phone, string EmergencyNumber, string EmergencyKit, string OutOfHoursAdvice, string TimeZone, Hemisphere Hemisphere,
        bool AnyoneBooksAnyColumn, int OfferHours, Guid Version);

    internal sealed class Handler(ClinicDbContext db) : IRequestHandler<Query, Outcome<Settings>>
    {
        public async Task<Outcome<Settings>> Handle(Query query, CancellationToken token) =>
            await db.Clinics.AsNoTracking()
                .Select(c => new Settings(c.Name, c.Phone, c.EmergencyNumber, c.EmergencyKit, c.OutOfHoursAdvice, c.TimeZone, c.Hemisphere, c.AnyoneBooksAnyColumn, c.OfferHours, c.Version))
                .SingleAsync(token);
    }
}

using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Opening hours, closing days ahead, and how long visits take.</summary>
public static class GetClinicHours
{
    [Requires(Permission.ManageClinic)]
    public sealed record Query : IQuery<Result>;

    public sealed record Result(DateOnly Today, IReadOnlyList<DayHours> Hours, IReadOnlyList<Holiday> Holidays, VisitLengths Lengths, Guid Version);

    internal sealed class Handler(ClinicDbContext db, ClinicTime time) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var today = await time.TodayAsync(token);
            var clinic = await db.Clinics.AsNoTracking().SingleAsync(token);
            var holidays = await db.Holidays.AsNoTracking().Where(holiday => holiday.Date >= today).OrderBy(holiday => holiday.Date).ToListAsync(token);
            return new Result(today, clinic.Hours, holidays, clinic.VisitLengths, clinic.Version);
        }
    }
}

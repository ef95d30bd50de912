using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>The working day in order, who waits, and what needs somebody.</summary>
public static class TodayBoard
{
    /// <summary>How far ahead alarms look.</summary>
    private const int AlarmDays = 30;

    [Requires(Permission.ReadCalendar)]
    public sealed record Query(bool Everyone = false) : IQuery<Result>;

    /// <param name="Now">On the clinic's wall clock.</param>
    /// <param name="TakesAppointments">Whether this person has a day of their own; without one, everybody's is shown.</param>
    /// <param name="Alarms">Confirmed treatments ahead that the rule book no longer permits.</param>
    /// <param name="Provisional">Provisional bookings ahead, the one that ends first on top.</param>
    public sealed record Result(DateTime Now, bool Everyone, bool TakesAppointments, IReadOnlyList<DayRow> Rows, IReadOnlyList<DayRow> Alarms, IReadOnlyList<DayRow> Provisional, bool SignedOff);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, DayList days) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var takes = await db.Staff.AnyAsync(member => member.Id == user.RequiredId && member.TakesAppointments, token);
            var everyone = query.Everyone || !takes;
            var today = await time.TodayAsync(token);
            var ahead = await days.OfAsync(today, today.AddDays(AlarmDays), everyone ? null : user.RequiredId, token);
            var waiting = ahead.Where(row => row.State is AppointmentState.Booked or AppointmentState.Arrived).ToList();
            return new Result(
                await time.ToWallAsync(time.UtcNow, token), everyone, takes,
                [.. ahead.Where(row => DateOnly.FromDateTime(row.Start) == today && row.State != AppointmentState.Cancelled)],
                [.. waiting.Where(row => row is { Decision: > Decision.AllowWithCaution, ProvisionalUntil: null, Kind: AppointmentKind.Session or AppointmentKind.AllergyTest })],
                [.. waiting.Where(row => row.ProvisionalUntil is not null).OrderBy(row => row.ProvisionalUntil)],
                SignedOff: false);
        }
    }
}

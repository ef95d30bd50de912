using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>A day, or a few in a row, by practitioner.</summary>
public static class DayCalendar
{
    private const int MostDays = 7;

    [Requires(Permission.ReadCalendar)]
    public sealed record Query(DateOnly? Day = null, int Days = 1) : IQuery<Result>;

    /// <param name="Columns">Everybody who takes appointments, and whoever still has one in these days.</param>
    /// <param name="Now">On the clinic's wall clock.</param>
    public sealed record Result(DateOnly Day, DateTime Now, TimeOnly OpensAt, TimeOnly ClosesAt, IReadOnlyList<Column> Columns, IReadOnlyList<DayRow> Rows, bool MayBook, Guid? BooksOnly);

    public sealed record Column(Guid Id, string Name);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, DayList days) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var day = query.Day is { Year: > 2000 and < 2200 } asked ? asked : await time.TodayAsync(token);
            var rows = await days.OfAsync(day, day.AddDays(Math.Clamp(query.Days, 1, MostDays) - 1), null, token);
            var busy = rows.Select(row => row.PractitionerId).Distinct().ToList();
            var columns = await db.Staff.AsNoTracking().Where(member => (member.IsActive && member.TakesAppointments) || busy.Contains(member.Id))
                .OrderBy(member => member.Name).Select(member => new Column(member.Id, member.Name)).ToListAsync(token);
            var clinic = await db.Clinics.AsNoTracking().SingleAsync(token);
            return new Result(
                day, await time.ToWallAsync(time.UtcNow, token), clinic.OpensAt, clinic.ClosesAt, columns, rows, user.May(Permission.Book), clinic.AnyoneBooksAnyColumn ? null : user.RequiredId);
        }
    }
}

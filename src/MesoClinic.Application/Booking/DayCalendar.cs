using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Clinics;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>A day, or a few in a row, by practitioner.</summary>
public static class DayCalendar
{
    private const int MostDays = 7;

    [Requires(Permission.ReadCalendar)]
    public sealed record Query(DateOnly? Day = null, int Days = 1) : IQuery<Result>;

    /// <param name="Columns">Everybody who takes appointments, and whoever still has one in these days.</param>
    /// <param name="OpensAt">The earliest of these days, as <paramref name="ClosesAt"/> is the latest.</param>
    /// <param name="Now">On the clinic's wall clock.</param>
    public sealed record Result(DateOnly Day, DateTime Now, TimeOnly OpensAt, TimeOnly ClosesAt, IReadOnlyList<Column> Columns, IReadOnlyList<DayRow> Rows, bool MayBook, Guid? BooksOnly,
        IReadOnlyList<OpenDay> Opening, IReadOnlyList<Shift> Shifts);

    public sealed record Column(Guid Id, string Name);

    /// <param name="Closed">Why, when the clinic is closed: then the times are null.</param>
    public sealed record OpenDay(DateOnly Day, TimeOnly? From, TimeOnly? To, string? Closed);

    /// <summary>A stretch in which somebody can be booked; outside of these the calendar is shaded.</summary>
    public sealed record Shift(Guid PractitionerId, DateOnly Day, TimeOnly From, TimeOnly To);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, DayList days, RotaReader rotas) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var day = query.Day is { Year: > 2000 and < 2200 } asked ? asked : await time.TodayAsync(token);
            var shown = Enumerable.Range(0, Math.Clamp(query.Days, 1, MostDays)).Select(day.AddDays).ToList();
            var rows = await days.OfAsync(day, shown[^1], null, token);
            var busy = rows.Select(row => row.PractitionerId).Distinct().ToList();
            var columns = await db.Staff.AsNoTracking().Where(member => (member.IsActive && member.TakesAppointments) || busy.Contains(member.Id))
                .OrderBy(member => member.Name).Select(member => new Column(member.Id, member.Name)).ToListAsync(token);
            var (rota, clinic) = await rotas.FromAsync(day, null, token);
            var opening = shown.ConvertAll(d => rota.OpenOn(d) is { } open ? new OpenDay(d, open.From, open.To, null) : new OpenDay(d, null, null, rota.ClosedOn(d)));
            return new Result(
                day, await time.ToWallAsync(time.UtcNow, token),
                opening.Min(open => open.From) ?? Usual(clinic).From, opening.Max(open => open.To) ?? Usual(clinic).To, columns, rows,
                user.May(Permission.Book), clinic.AnyoneBooksAnyColumn ? null : user.RequiredId,
                opening, [.. shown.SelectMany(d => columns.SelectMany(column => rota.FreeToWork(d, column.Id).Select(span => new Shift(column.Id, d, span.From, span.To))))]);
        }

        /// <summary>What a day is drawn with on which the clinic is closed.</summary>
        private static (TimeOnly From, TimeOnly To) Usual(Clinic clinic) => clinic.Hours.Count == 0 ? (new(9, 0), new(18, 0)) : (clinic.Hours.Min(hours => hours.From), clinic.Hours.Max(hours => hours.To));
    }
}

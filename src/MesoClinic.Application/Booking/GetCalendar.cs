using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>The appointments of some days in a row, with the people and rooms that have a column.</summary>
public static class GetCalendar
{
    /// <summary>Six weeks: what a month's page shows.</summary>
    public const int MostDays = 42;

    /// <param name="From">First day; null = today.</param>
    [Requires(Permission.ReadCalendar)]
    public sealed record Query(DateOnly? From = null, int Days = 1) : IQuery<Result>;

    /// <param name="Now">On the clinic's wall clock.</param>
    /// <param name="OpensAt">The earliest of these days, as <paramref name="ClosesAt"/> is the latest.</param>
    /// <param name="Practitioners">Everybody who takes appointments, and whoever still has one in these days.</param>
    /// <param name="BooksOnly">Whose column this person may book, when the clinic keeps everybody to their own.</param>
    public sealed record Result(
        DateOnly From, DateTime Now, TimeOnly OpensAt, TimeOnly ClosesAt, IReadOnlyList<Column> Practitioners, IReadOnlyList<Column> Rooms, IReadOnlyList<Row> Rows,
        bool MayBook, Guid? BooksOnly, IReadOnlyList<OpenDay> Opening, IReadOnlyList<Shift> Shifts);

    public sealed record Column(Guid Id, string Name);

    /// <param name="Closed">Why, when the clinic is closed: then the times are null.</param>
    public sealed record OpenDay(DateOnly Day, TimeOnly? From, TimeOnly? To, string? Closed);

    /// <summary>A stretch in which somebody can be booked; outside of these the calendar is shaded.</summary>
    public sealed record Shift(Guid PractitionerId, DateOnly Day, TimeOnly From, TimeOnly To);

    /// <param name="Start">On the clinic's wall clock.</param>
    /// <param name="Decision">Null when never assessed, and for those who may not read the chart.</param>
    /// <param name="MayMove">By its state, and by the column that it is in.</param>
    public sealed record Row(
        Guid Id, Guid PatientId, string Patient, AppointmentKind Kind, AppointmentState State, DateTime Start, int Minutes, Guid PractitionerId, string Practitioner, Guid RoomId, string Room,
        Decision? Decision, bool IsProvisional, bool MayMove, Guid Version)
    {
        public DateTime End => Start.AddMinutes(Minutes);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Days).InclusiveBetween(1, MostDays);
            RuleFor(query => query.From).Must(day => day is not { Year: < 2000 or > 2200 }).WithMessage("Choose a day between 2000 and 2200.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, PatientAccess access, RotaReader rotas, AuditTrail trail) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var from = query.From ?? await time.TodayAsync(token);
            var (fromUtc, _) = await time.DayAsync(from, token);
            var (untilUtc, _) = await time.DayAsync(from.AddDays(query.Days), token);
            var found = await db.Appointments.AsNoTracking().Where(a => a.StartUtc >= fromUtc && a.StartUtc < untilUtc).OrderBy(a => a.StartUtc).ThenBy(a => a.Id)
                .Select(a => new { Appointment = a, a.Patient!.GivenName, a.Patient.FamilyName, Practitioner = a.Practitioner!.Name, Room = a.Room!.Name }).ToListAsync(token);
            var open = await access.ReadableChartsAsync([.. found.Select(row => row.Appointment.PatientId).Distinct()], token);
            var (busy, used) = (found.Select(row => row.Appointment.PractitionerId).Distinct().ToList(), found.Select(row => row.Appointment.RoomId).Distinct().ToList());
            var (rota, clinic) = await rotas.FromAsync(from, null, token);
            var shown = Enumerable.Range(0, query.Days).Select(from.AddDays).ToList();
            var opening = shown.ConvertAll(day => rota.OpenOn(day) is { } open ? new OpenDay(day, open.From, open.To, null) : new OpenDay(day, null, null, rota.ClosedOn(day)));
            var practitioners = await db.Staff.AsNoTracking().Where(member => (member.IsActive && member.TakesAppointments) || busy.Contains(member.Id))
                .OrderBy(member => member.Name).Select(member => new Column(member.Id, member.Name)).ToListAsync(token);
            var rooms = await db.Rooms.AsNoTracking().Where(room => room.IsActive || used.Contains(room.Id)).OrderBy(room => room.Name).Select(room => new Column(room.Id, room.Name)).ToListAsync(token);
            var now = time.UtcNow;
            trail.Listed(nameof(GetCalendar), found.Select(row => row.Appointment).Where(a => a.Decision is not null && open.Contains(a.PatientId)).Select(a => a.PatientId));
            return new Result(
                from, await time.ToWallAsync(now, token), opening.Min(open => open.From) ?? Usual(clinic).From, opening.Max(open => open.To) ?? Usual(clinic).To, practitioners, rooms,
                [
                    .. found.Select(row => row.Appointment).Zip(found, (a, row) => new Row(
                        a.Id, a.PatientId, $"{row.GivenName} {row.FamilyName}", a.Kind, a.State, a.WallStart, a.Minutes, a.PractitionerId, row.Practitioner, a.RoomId, row.Room,
                        open.Contains(a.PatientId) ? a.Decision : null, a.IsProvisional, a.MayMove && !a.HasExpired(now) && (clinic.AnyoneBooksAnyColumn || a.PractitionerId == user.Id), a.Version)),
                ],
                user.May(Permission.Book), clinic.AnyoneBooksAnyColumn ? null : user.RequiredId,
                opening, [.. shown.SelectMany(day => practitioners.SelectMany(column => rota.FreeToWork(day, column.Id).Select(span => new Shift(column.Id, day, span.From, span.To))))]);
        }

        /// <summary>What a day is drawn with on which the clinic is closed.</summary>
        private static (TimeOnly From, TimeOnly To) Usual(Clinic clinic) => clinic.Hours.Count == 0 ? (new(9, 0), new(18, 0)) : (clinic.Hours.Min(hours => hours.From), clinic.Hours.Max(hours => hours.To));
    }
}

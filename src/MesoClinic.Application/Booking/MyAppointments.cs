using MediatR;
using MesoClinic.Application.Aftercare;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>A patient's own appointments, with what to do and leave before the next treatment.</summary>
public static class MyAppointments
{
    private const int PastShown = 20;

    /// <param name="PatientId">For guardians; null: the first own record.</param>
    [Requires(Permission.OwnRecord)]
    public sealed record Query(Guid? PatientId = null) : IQuery<Result>;

    /// <param name="Now">On the clinic's wall clock, as are all times.</param>
    public sealed record Result(DateTime Now, IReadOnlyList<Row> Ahead, IReadOnlyList<Row> Past);

    /// <param name="NotConfirmed">The clinic still has a question; the time is held.</param>
    public sealed record Row(Guid Id, AppointmentKind Kind, AppointmentState State, DateTime Start, int Minutes, string Practitioner, string Room, bool NotConfirmed, IReadOnlyList<Preparation> Preparation);

    /// <param name="From">When it begins; null: now.</param>
    /// <param name="IsNow">Its time has come.</param>
    public sealed record Preparation(string Title, bool Do, string Why, DateTime? From, bool IsNow, Strictness Strictness);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, PatientAccess access, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            if ((query.PatientId ?? user.OwnPatients.Select(id => (Guid?)id).FirstOrDefault()) is not { } patient)
            {
                return new Failure.NotFound();
            }

            if (access.ToOwn(patient, nameof(MyAppointments)) is { } refusal)
            {
                return refusal;
            }

            var nowUtc = time.UtcNow;
            var now = await time.ToWallAsync(nowUtc, token);
            var all = await db.Appointments.AsNoTracking().Where(a => a.PatientId == patient && a.State != AppointmentState.Offered && a.CancelCode != CancelCode.OfferDeclined && !(a.CancelCode == CancelCode.RanOut && a.CancelReason == Timetable.OfferExpired)).OrderBy(a => a.StartUtc)
                .Select(a => new { a.Id, a.Kind, a.State, a.WallStart, a.StartUtc, a.EndUtc, Practitioner = a.Practitioner!.Name, Room = a.Room!.Name, a.ProvisionalUntilUtc })
                .ToListAsync(token);
            var born = await db.Patients.Where(p => p.Id == patient).Select(p => p.BirthDate).SingleAsync(token);
            var consulted = all.Exists(a => a.State == AppointmentState.Done);
            var rows = all.Select(a => (
                IsAhead: a.EndUtc > nowUtc && a.State.IsOpen(),
                Row: new Row(
                    a.Id, a.Kind, a.State, a.WallStart, (int)(a.EndUtc - a.StartUtc).TotalMinutes, a.Practitioner, a.Room, a.ProvisionalUntilUtc is not null,
                    a.EndUtc > nowUtc && a.Kind.IsTreatment() ? Before(a.WallStart, now, Ages.On(DateOnly.FromDateTime(a.WallStart), born), consulted) : []))).ToList();
            return new Result(now, [.. rows.Where(r => r.IsAhead).Select(r => r.Row)], [.. rows.Where(r => !r.IsAhead).Select(r => r.Row).Reverse().Take(PastShown)]);
        }

        private List<Preparation> Before(DateTime start, DateTime now, int age, bool consulted) =>
        [
            .. book.Knowledge.Preparation
                .Where(item => item.Strictness != Strictness.Physician && PreparationSteps.Concerns(item, age, consulted) && start.AddHours(item.ToHours) >= now)
                .Select(item => new Preparation(item.Title, item.Do, item.Rationale, item.FromHours is { } hours ? start.AddHours(hours) : null, item.FromHours is not { } h || start.AddHours(h) <= now, item.Strictness))
                .OrderBy(item => item.From ?? DateTime.MinValue),
        ];
    }
}

using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>The first free times on days on which the rule book lets the treatment be booked.</summary>
public static class FreeTimes
{
    /// <summary>How far ahead is looked.</summary>
    private const int DaysAhead = 90;

    /// <summary>At most this many of one day, so that the list offers a choice of days.</summary>
    private const int OfOneDay = 2;

    /// <summary>Offered starts lie on this grid.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    /// <param name="Asked">Practitioner, room, patient and plan may be open; the length must be known.</param>
    /// <param name="From">First day to look at; before today it is today.</param>
    [Requires(Permission.Book)]
    public sealed record Query(IBookingRequest Asked, DateOnly From, int Count = 6) : IQuery<IReadOnlyList<FreeTime>>;

    public sealed record FreeTime(DateOnly Date, TimeOnly Start, Guid PractitionerId, string Practitioner, Guid RoomId, string Room);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Asked.Minutes).InclusiveBetween(5, 240).WithMessage("Say how long it takes, between 5 and 240 minutes.").NotNull();
            RuleFor(query => query.Count).InclusiveBetween(1, 24);
        }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, PatientAccess access, ClinicAssessor assessor, ClinicTime time, RuleBook book)
        : IRequestHandler<Query, Outcome<IReadOnlyList<FreeTime>>>
    {
        public async Task<Outcome<IReadOnlyList<FreeTime>>> Handle(Query query, CancellationToken token)
        {
            var asked = query.Asked;
            AssessmentRequest? request = null;
            if (asked.PatientId is { } patient)
            {
                if (await access.ToContactAsync(patient, nameof(FreeTimes), token) is { } refusal)
                {
                    return refusal;
                }

                if (asked.Kind is AppointmentKind.Session or AppointmentKind.AllergyTest && BookingPlan.Problems(asked, book.Knowledge).Count == 0)
                {
                    request = await assessor.RequestAsync(patient, BookingPlan.Of(asked), asked.Kind, query.From, Stage.Booking, token);
                }
            }

            var today = await time.TodayAsync(token);
            var from = query.From < today ? today : query.From;
            var clinic = await db.Clinics.AsNoTracking().SingleAsync(token);
            var practitioners = await db.Staff.AsNoTracking()
                .Where(member => member.IsActive && member.TakesAppointments && (asked.PractitionerId == null || member.Id == asked.PractitionerId) && (clinic.AnyoneBooksAnyColumn || member.Id == user.Id))
                .OrderBy(member => member.Name).Select(member => new { member.Id, member.Name }).ToListAsync(token);
            var rooms = await db.Rooms.AsNoTracking().Where(room => room.IsActive && (asked.RoomId == null || room.Id == asked.RoomId))
                .OrderBy(room => room.Name).Select(room => new { room.Id, room.Name }).ToListAsync(token);

            var found = new List<FreeTime>();
            for (var day = from; found.Count < query.Count && day.DayNumber < from.DayNumber + DaysAhead; day = day.AddDays(1))
            {
                if (request is not null && assessor.Preview(request with { Date = day }).Decision >= Decision.ModifyPlan)
                {
                    continue;
                }

                var taken = await TakenAsync(day, [.. practitioners.Select(p => p.Id), .. rooms.Select(r => r.Id), .. asked.PatientId is { } id ? [id] : Array.Empty<Guid>()], token);
                var ofDay = 0;
                foreach (var (start, slots) in await StartsAsync(day, clinic.OpensAt, clinic.ClosesAt, asked.Minutes!.Value, token))
                {
                    var practitioner = practitioners.FirstOrDefault(p => IsFree(p.Id, slots));
                    var room = rooms.FirstOrDefault(r => IsFree(r.Id, slots));
                    if (practitioner is null || room is null || (asked.PatientId is { } who && !IsFree(who, slots)))
                    {
                        continue;
                    }

                    found.Add(new FreeTime(day, start, practitioner.Id, practitioner.Name, room.Id, room.Name));
                    if (++ofDay == OfOneDay || found.Count == query.Count)
                    {
                        break;
                    }
                }

                bool IsFree(Guid resource, IReadOnlyList<DateTime> slots) => slots.All(slot => !taken.Contains((resource, slot)));
            }

            return found;
        }

        private async Task<HashSet<(Guid Resource, DateTime Slot)>> TakenAsync(DateOnly day, List<Guid> resources, CancellationToken token)
        {
            var (from, until) = await time.DayAsync(day, token);
            var now = time.UtcNow;
            var claims = await db.SlotClaims.AsNoTracking()
                .Where(claim => resources.Contains(claim.ResourceId) && claim.SlotUtc >= from && claim.SlotUtc < until)
                .Join(db.Appointments, claim => claim.AppointmentId, a => a.Id, (claim, a) => new { claim.ResourceId, claim.SlotUtc, a.State, a.ProvisionalUntilUtc })
                .Where(found => !(found.State == AppointmentState.Booked && found.ProvisionalUntilUtc != null && found.ProvisionalUntilUtc <= now))
                .Select(found => new { found.ResourceId, found.SlotUtc })
                .ToListAsync(token);
            return [.. claims.Select(claim => (claim.ResourceId, claim.SlotUtc))];
        }

        /// <summary>Starts that exist once on the wall clock, are still to come, and end before closing time.</summary>
        private async Task<List<(TimeOnly Start, IReadOnlyList<DateTime> Slots)>> StartsAsync(DateOnly day, TimeOnly opens, TimeOnly closes, int minutes, CancellationToken token)
        {
            var starts = new List<(TimeOnly, IReadOnlyList<DateTime>)>();
            for (var wall = day.ToDateTime(opens); wall.AddMinutes(minutes) <= day.ToDateTime(closes); wall += Step)
            {
                var (utc, problem) = await time.ToUtcAsync(wall, token);
                if (problem is null && utc >= time.UtcNow)
                {
                    starts.Add((TimeOnly.FromDateTime(wall), [.. Enumerable.Range(0, minutes / 5).Select(i => utc + (i * SlotClaim.Grain))]));
                }
            }

            return starts;
        }
    }
}

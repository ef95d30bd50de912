using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Booking;

/// <summary>The first free times on days on which the rule book lets the treatment be booked.</summary>
public static class FreeTimes
{
    /// <summary>How far ahead is looked.</summary>
    private const int DaysAhead = 90;

    /// <summary>At most this many of one day, so that the list offers a choice of days.</summary>
    private const int OfOneDay = 2;

    /// <param name="Asked">Practitioner, room, patient and plan may be open; the length must be known.</param>
    /// <param name="From">First day to look at; before today it is today.</param>
    /// <param name="AppointmentId">When an appointment is moved: neither its own time nor its own day stands in its way.</param>
    [Requires(Permission.Book)]
    public sealed record Query(IBookingRequest Asked, DateOnly From, int Count = 6, Guid? AppointmentId = null) : IQuery<IReadOnlyList<FreeTime>>;

    public sealed record FreeTime(DateOnly Date, TimeOnly Start, Guid PractitionerId, string Practitioner, Guid RoomId, string Room);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Asked.Minutes).InclusiveBetween(5, 240).WithMessage("Say how long it takes, between 5 and 240 minutes.").NotNull();
            RuleFor(query => query.Count).InclusiveBetween(1, 24);
        }
    }

    internal sealed class Handler(PatientAccess access, ClinicAssessor assessor, ClinicTime time, DaySearch search, RuleBook book)
        : IRequestHandler<Query, Outcome<IReadOnlyList<FreeTime>>>
    {
        public async Task<Outcome<IReadOnlyList<FreeTime>>> Handle(Query query, CancellationToken token)
        {
            var asked = query.Asked;
            Func<DateOnly, AssessmentRequest>? on = null;
            if (asked.PatientId is { } patient)
            {
                if (await access.ToContactAsync(patient, nameof(FreeTimes), token) is { } refusal)
                {
                    return refusal;
                }

                if (asked.Kind.IsTreatment() && BookingPlan.Problems(asked, book.Knowledge).Count == 0)
                {
                    on = await assessor.RequestsAsync(patient, BookingPlan.Of(asked), asked.Kind, Stage.Booking, query.AppointmentId, token);
                }
            }

            var today = await time.TodayAsync(token);
            var from = query.From < today ? today : query.From;
            var frame = await search.PrepareAsync(DaySearch.Asked.Of(asked) with { Without = query.AppointmentId is { } moving ? [moving] : [] }, from, token);
            var found = new List<FreeTime>();
            for (var day = from; found.Count < query.Count && day.DayNumber < from.DayNumber + DaysAhead; day = day.AddDays(1))
            {
                if (frame.Rota.OpenOn(day) is not null && (on is null || assessor.Preview(on(day)).Decision < Decision.ModifyPlan))
                {
                    found.AddRange((await search.OfDayAsync(frame, day, token)).Take(Math.Min(OfOneDay, query.Count - found.Count)));
                }
            }

            return found;
        }
    }
}

using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Booking;

/// <summary>Tries a booking while the form is filled in: nothing is stored and nothing is held.</summary>
public static class PreviewBooking
{
    /// <param name="Asked">The form as it stands; what is still empty is left out of the answer.</param>
    /// <param name="AppointmentId">When an appointment is moved: its own time is no obstacle.</param>
    [Requires(Permission.Book)]
    public sealed record Query(IBookingRequest Asked, Guid? AppointmentId = null) : IQuery<Result>;

    /// <param name="Assessment">For the day asked, or for today while none is chosen; null until patient and plan are known. Without findings when this person may not read the chart.</param>
    /// <param name="MayReadChart">False: the reasons open with a reason given at the patient's page.</param>
    /// <param name="ProvisionalUntil">On the wall clock: until when the time would be held.</param>
    /// <param name="TimeProblem">Why the time cannot be had; null when it is free or not chosen yet.</param>
    /// <param name="PlanProblems">What the plan still needs, by field.</param>
    public sealed record Result(
        Assessment? Assessment, bool MayReadChart, DateTime? ProvisionalUntil, string? TimeProblem, bool TimeIsFree, IReadOnlyDictionary<string, string[]> PlanProblems);

    internal sealed class Handler(PatientAccess access, ClinicAssessor assessor, ClinicTime time, Timetable timetable, RuleBook book) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var asked = query.Asked;
            if (asked.PatientId is not { } patient)
            {
                var (problem, free, _) = await TimeAsync(asked, query.AppointmentId, token);
                return new Result(null, false, null, problem, free, BookingPlan.Problems(asked, book.Knowledge));
            }

            if (await access.ToContactAsync(patient, nameof(PreviewBooking), token) is { } refusal)
            {
                return refusal;
            }

            var (timeProblem, isFree, spot) = await TimeAsync(asked, query.AppointmentId, token);
            var planProblems = BookingPlan.Problems(asked, book.Knowledge);
            var mayRead = await access.MayReadChartAsync(patient, token);
            if (planProblems.Count > 0)
            {
                return new Result(null, mayRead, null, timeProblem, isFree, planProblems);
            }

            var request = await assessor.RequestAsync(patient, BookingPlan.Of(asked), asked.Kind, asked.Date ?? await time.TodayAsync(token), Stage.Booking, query.AppointmentId, token);
            var assessment = assessor.Preview(request);
            var isTreatment = asked.Kind.IsTreatment();
            DateTime? until = isTreatment && spot is not null && assessment.Decision is (Decision.PhysicianReview or Decision.Incomplete)
                ? await time.ToWallAsync(Appointment.ProvisionalDeadline(time.UtcNow, spot.StartUtc), token)
                : null;
            return new Result(mayRead ? assessment : BookingJudgement.WithoutHealth(assessment), mayRead, until, timeProblem, isFree, planProblems);
        }

        private async Task<(string? Problem, bool IsFree, Spot? Spot)> TimeAsync(IBookingRequest asked, Guid? appointmentId, CancellationToken token)
        {
            if (!new BookedTimeValidator().Validate(asked).IsValid)
            {
                return (null, false, null);
            }

            var (spot, refusal) = await timetable.FindAsync(asked, asked.Kind, BookingPlan.Of(asked), asked.PatientId, appointmentId, token);
            return refusal switch
            {
                Failure.Invalid invalid => (invalid.Errors.Values.First()[0], false, null),
                Failure.Conflict conflict => (conflict.Message, false, null),
                _ => (null, true, spot),
            };
        }
    }
}

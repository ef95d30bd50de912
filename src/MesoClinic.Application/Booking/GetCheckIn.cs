using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>The questions of the day for one appointment. It does not tell the date of birth: that is the patient's to say.</summary>
public static class GetCheckIn
{
    [Requires(Permission.CheckIn)]
    public sealed record Query(Guid AppointmentId) : IQuery<Result>;

    /// <param name="Asked">Empty for a consultation and a follow-up.</param>
    /// <param name="Closed">Why this appointment cannot be checked in; null when it can.</param>
    public sealed record Result(
        Guid PatientId, string Patient, AppointmentKind Kind, DateTime Start, string Practitioner, string Room, PlannedTreatment? Plan, DateTime? ProvisionalUntil,
        IReadOnlyList<Asked> Questions, IReadOnlyList<string> ExpiredLists, bool TakesVitals, string? Closed);

    /// <param name="OfTheDay">False: from the history; its answer has expired or was never given.</param>
    /// <param name="Answer">What was answered today already.</param>
    public sealed record Asked(string Id, string Text, IReadOnlyList<string> Options, AnsweredBy By, bool OfTheDay, string? Answer);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time, RuleBook book) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var appointment = await db.Appointments.AsNoTracking().Include(a => a.Practitioner).Include(a => a.Room).SingleOrDefaultAsync(a => a.Id == query.AppointmentId, token);
            if (appointment is null)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(appointment.PatientId, nameof(GetCheckIn), token, appointment.Id) is { } refusal)
            {
                return refusal;
            }

            var patient = await db.Patients.AsNoTracking().Include(p => p.Answers).SingleAsync(p => p.Id == appointment.PatientId, token);
            var today = await time.TodayAsync(token);
            var answeredToday = patient.Answers.Where(answer => answer.AskedOn == today).GroupBy(answer => answer.Question, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.MaxBy(answer => answer.AskedUtc)!.Value, StringComparer.Ordinal);
            return new Result(
                patient.Id, patient.FullName, appointment.Kind, appointment.WallStart, appointment.Practitioner!.Name, appointment.Room!.Name, appointment.Plan,
                appointment.ProvisionalUntilUtc is { } until ? await time.ToWallAsync(until, token) : null,
                appointment.IsTreatment
                    ? [.. CheckInQuestions.For(patient, today, book.Knowledge).Select(q => new Asked(q.Id, q.Text, q.Options, q.AnsweredBy, q.AskedAt >= Stage.Visit, answeredToday.GetValueOrDefault(q.Id)))]
                    : [],
                appointment.IsTreatment ? [.. book.Knowledge.Questions.Lists.Where(list => !Rules.FactsOf.IsReviewed(patient, list, today)).Select(list => list.Id)] : [],
                appointment.IsTreatment,
                CheckIn.WhyClosed(appointment, await time.ToWallAsync(time.UtcNow, token), time.UtcNow));
        }
    }
}

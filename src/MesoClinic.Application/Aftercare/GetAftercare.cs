using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Complications;

namespace MesoClinic.Application.Aftercare;

/// <summary>What a patient may do now and what not yet; without a recent session, how to prepare for the next one.</summary>
public static class GetAftercare
{
    /// <param name="PatientId">Null: the person's own record.</param>
    [Requires(Permission.OwnRecord)]
    public sealed record Query(Guid? PatientId = null) : IQuery<View>;

    /// <param name="Now">On the clinic's wall clock, like all times here.</param>
    /// <param name="Timeline">Null: no session whose aftercare still matters.</param>
    /// <param name="Next">The next session, with what to do or leave before it.</param>
    public sealed record View(
        DateTimeOffset Now, AftercareTimeline? Timeline, IReadOnlyList<TreatedView> Sessions, IReadOnlyList<string> StillNormal, IReadOnlyList<string> ShouldBeGone,
        Preparation? Next, IReadOnlyDictionary<string, string> SourceTitles, IReadOnlyList<OwnPerson> People);

    /// <param name="Areas">In words, as is the technique.</param>
    public sealed record TreatedView(Guid Id, DateTimeOffset Ended, IReadOnlyList<string> Areas, string? Technique);

    public sealed record Preparation(Guid AppointmentId, DateTimeOffset Start, IReadOnlyList<PreparationStep> Steps);

    /// <param name="From">Null: from now on.</param>
    public sealed record PreparationStep(string Id, string Title, string Why, bool Do, DateTimeOffset? From, bool DueNow);

    internal sealed class Handler(ClinicDbContext db, OwnPatient own, PatientTimeline timelines, RuleBook book) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var (patientId, refusal) = await own.FindAsync(query.PatientId, nameof(GetAftercare), token);
            if (refusal is not null)
            {
                return refusal;
            }

            var reading = await timelines.ReadAsync(patientId, token);
            var timeline = reading.Timeline;
            var course = timeline is null ? null : ExpectedCourse.At(reading.ToWall(reading.Sessions[0].EndedUtc), reading.Now, book.Knowledge);
            return new View(
                reading.Now,
                timeline,
                [.. reading.Sessions.Select(session => new TreatedView(session.Id, reading.ToWall(session.EndedUtc), [.. session.Areas.Select(AreaTitle)], TechniqueTitle(session.Technique)))],
                [.. course?.StillNormal.Select(row => row.Title) ?? []],
                [.. course?.ShouldBeGone.Select(row => row.Title) ?? []],
                await PreparationAsync(patientId, reading, token),
                (timeline?.Entries.SelectMany(entry => entry.Sources) ?? []).Distinct(StringComparer.Ordinal).ToDictionary(key => key, key => book.Sources[key].Title, StringComparer.Ordinal),
                await own.OthersAsync(patientId, token));
        }

        private string AreaTitle(string area) => book.Areas.TryGetValue(area, out var row) ? row.Title : area;

        private string? TechniqueTitle(string? technique) => technique is null ? null : book.TitleOf(technique);

        private async Task<Preparation?> PreparationAsync(Guid patientId, PatientTimeline.Reading reading, CancellationToken token)
        {
            var next = await NextAppointment.OfAsync(db, patientId, reading.Now.UtcDateTime, token);
            if (next is not { Kind: AppointmentKind.Session })
            {
                return null;
            }

            var start = reading.ToWall(next.StartUtc);
            return new Preparation(next.Id, start, PreparationSteps.Before(start, reading.Now, next.Age, next.Consulted, book.Knowledge));
        }
    }
}

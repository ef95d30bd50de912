using MediatR;
using MesoClinic.Application.Aftercare;
using MesoClinic.Application.Patients;
using MesoClinic.Rules;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Application.Complications;

/// <summary>What a patient can choose from when something feels wrong.</summary>
public static class GetReportChoices
{
    /// <param name="PatientId">Null: the person's own record.</param>
    [Requires(Permission.OwnRecord)]
    public sealed record Query(Guid? PatientId = null) : IQuery<View>;

    /// <param name="Now">On the clinic's wall clock.</param>
    /// <param name="Symptoms">Red flags first.</param>
    /// <param name="TreatedAreas">Areas of the newest session; they stand before the other areas.</param>
    public sealed record View(
        DateTimeOffset Now, DateTimeOffset? LastSession, IReadOnlyList<SymptomChoice> Symptoms, IReadOnlyList<AreaChoice> TreatedAreas, IReadOnlyList<AreaChoice> OtherAreas, IReadOnlyList<OwnPerson> People);

    public sealed record AreaChoice(string Id, string Title);

    internal sealed class Handler(OwnPatient own, PatientTimeline timelines, RuleBook book, TriageTable table) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var (id, refusal) = await own.FindAsync(query.PatientId, nameof(GetReportChoices), token);
            if (refusal is not null)
            {
                return refusal;
            }

            var reading = await timelines.ReadAsync(id, token);
            var treated = reading.Sessions.Count == 0 ? [] : reading.Sessions[0].Areas;
            var areas = book.Knowledge.Areas.Select(area => new AreaChoice(area.Id, area.Title)).ToLookup(area => treated.Contains(area.Id, StringComparer.Ordinal));
            return new View(
                reading.Now, reading.Sessions.Count == 0 ? null : reading.ToWall(reading.Sessions[0].EndedUtc), table.Symptoms, [.. areas[true]], [.. areas[false]], await own.OthersAsync(id, token));
        }
    }
}

using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Which alternatives may be offered: none that a finding excludes, and no treatment that is blocked itself.</summary>
internal sealed class Offers(Case facts, IReadOnlyList<Fired> fired)
{
    private readonly Dictionary<string, bool> decided = new(StringComparer.Ordinal);

    public bool MayOffer(string alternative)
    {
        if (!decided.TryGetValue(alternative, out var may))
        {
            may = Decide(facts.Book.Alternatives[alternative]);
            decided.Add(alternative, may);
        }
        return may;
    }

    private bool Decide(Alternative alternative)
    {
        if (fired.Any(f => f.Rule.AlternativesExcluded.Contains(alternative.Id)))
        {
            return false;
        }
        if (alternative.NotOfferedWith.Any(rule => facts.Book.Find(rule).Read(facts).Truth == Truth.Yes))
        {
            return false;
        }
        return alternative.Kind == AlternativeKind.Advice || !NaiveAssessor.IsBlocked(new Case(facts.Book, Instead(alternative)));
    }

    /// <summary>The same patient, day, place and areas with the other treatment and nothing to inject.</summary>
    private AssessmentRequest Instead(Alternative alternative) => facts.Request with
    {
        Stage = facts.Request.Stage == Stage.Start ? Stage.Visit : facts.Request.Stage,
        Plan = new TreatmentPlan
        {
            Technique = alternative.Id,
            Indication = facts.Plan.Indication,
            Areas = facts.Plan.Areas,
            Setting = facts.Plan.Setting,
            ConsultationDone = facts.Plan.ConsultationDone,
            LastSession = facts.Plan.LastSession,
            SessionNumber = facts.Plan.SessionNumber,
            Given = facts.Plan.Given,
            Ingredients = [],
        },
    };
}

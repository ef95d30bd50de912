using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Assessing;

/// <summary>Which alternatives may be offered: none that a finding excludes, and no treatment that is blocked itself.</summary>
internal sealed class Offers(Case facts, List<Rule> fired)
{
    private List<(string Id, bool MayOffer)>? decided;

    public IReadOnlyList<string> Of(Rule rule) => rule.Alternatives.Count == 0 ? [] : [.. rule.Alternatives.Where(MayOffer)];

    private bool MayOffer(string alternative)
    {
        foreach (var (id, known) in decided ??= [])
        {
            if (string.Equals(id, alternative, StringComparison.Ordinal))
            {
                return known;
            }
        }
        var may = Decide(facts.Book.Alternatives[alternative]);
        decided.Add((alternative, may));
        return may;
    }

    private bool Decide(Alternative alternative)
    {
        foreach (var rule in fired)
        {
            if (rule.AlternativesExcluded.Has(alternative.Id))
            {
                return false;
            }
        }
        foreach (var rule in facts.Book.NotOfferedWith(alternative))
        {
            // A rule that applies and did not fire does not say yes.
            if (rule.AppliesTo(facts) ? fired.Contains(rule) : rule.Formula.Read(facts) == Truth.Yes)
            {
                return false;
            }
        }
        return alternative.Kind == AlternativeKind.Advice || !IsBlocked(alternative);
    }

    private bool IsBlocked(Alternative alternative)
    {
        // Before the start, and while a needle is planned, whatever the treatment does not change has been read already.
        var isRead = facts.Stage != Stage.Start && !facts.Plan.IsNeedleFree;
        var index = facts.Book.Catalogue.FindTechnique(alternative.Id).Alternative;
        return (isRead && fired.Exists(rule => rule is { Blocks: true, DependsOnTreatment: false } && rule.AppliesTo(index, isNeedleFree: true, facts.Request.Purpose)))
            || Assessor.IsBlocked(Instead(alternative), isRead);
    }

    /// <summary>The same patient, day, place and areas with the other treatment and nothing to inject.</summary>
    private Case Instead(Alternative alternative)
    {
        var plan = facts.Plan.Source;
        return facts.With(
            new TreatmentPlan
            {
                Technique = alternative.Id,
                Indication = plan.Indication,
                Areas = plan.Areas,
                Setting = plan.Setting,
                ConsultationDone = plan.ConsultationDone,
                LastSession = plan.LastSession,
                SessionNumber = plan.SessionNumber,
                Given = plan.Given,
                Ingredients = [],
            },
            facts.Stage == Stage.Start ? Stage.Visit : facts.Stage);
    }
}

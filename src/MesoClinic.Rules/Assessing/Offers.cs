using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Assessing;

/// <summary>Which alternatives may be offered: none that a finding excludes, and no treatment that is blocked itself.</summary>
/// <param name="heldBack">Those that a rule which says yes keeps from being offered, as bits.</param>
internal sealed class Offers(Case facts, List<Rule> fired, ulong heldBack)
{
    private ulong known = heldBack;
    private ulong refused = heldBack;

    public IReadOnlyList<string> Of(Rule rule)
    {
        var offered = 0;
        foreach (var index in rule.AlternativeIndexes)
        {
            offered += MayOffer(index) ? 1 : 0;
        }
        return offered == rule.Alternatives.Count ? rule.Alternatives
            : offered == 0 ? []
            : [.. rule.AlternativeIndexes.Where(MayOffer).Select(index => facts.Book.Offerables[index].Row.Id)];
    }

    private bool MayOffer(int index)
    {
        var bit = 1UL << index;
        if ((known & bit) == 0)
        {
            var alternative = facts.Book.Offerables[index];
            known |= bit;
            refused |= !alternative.IsAdvice && IsBlocked(alternative) ? bit : 0;
        }
        return (refused & bit) == 0;
    }

    private bool IsBlocked(Offerable alternative)
    {
        if (facts.Stage == Stage.Start || facts.Plan.IsNeedleFree)
        {
            return Assessor.IsBlocked(Instead(alternative));
        }
        // Before the start, and while a needle is planned, whatever the treatment does not change has been read already.
        foreach (var rule in fired)
        {
            if (rule is { Blocks: true, DependsOnTreatment: false } && rule.AppliesTo(alternative.Index, isNeedleFree: true, facts.Request.Purpose))
            {
                return true;
            }
        }
        Case? instead = null;
        foreach (var rule in alternative.MayBlock)
        {
            if (rule.AppliesTo(alternative.Index, isNeedleFree: true, facts.Request.Purpose)
                && rule.Formula.MayHoldWithAnotherTreatment(facts)
                && rule.Formula.Read(instead ??= Instead(alternative)) == Truth.Yes)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The same patient, day, place and areas with the other treatment and nothing to inject.</summary>
    private Case Instead(Offerable alternative)
    {
        var plan = facts.Plan.Source;
        return facts.With(
            new TreatmentPlan
            {
                Technique = alternative.Row.Id,
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

using MesoClinic.Rules;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Sessions;

/// <summary>The strictest limits of the rule book that hold for a plan. Null: no rule sets one, or it is not known yet whether one holds.</summary>
public sealed record TechniqueLimits(decimal? TotalMl, decimal? PerPointMl, decimal? NeedleMm, int? Minutes)
{
    /// <summary>A limit holds for a plan if its rule would fire on the same plan beyond it: technique, areas, ingredients and whatever else the rule asks are judged by the book.</summary>
    public static TechniqueLimits Of(RuleBook book, AssessmentRequest request)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(request);
        var plan = request.Plan;
        return new TechniqueLimits(
            Strictest(PlanField.VolumeTotalMl, value => plan with { VolumeTotalMl = value }),
            Strictest(PlanField.VolumePerInjectionMl, value => plan with { VolumePerInjectionMl = value }),
            Strictest(PlanField.NeedleOuterDiameterMm, value => plan with { NeedleOuterDiameterMm = value }),
            (int?)Strictest(PlanField.DurationMin, value => plan with { DurationMin = (int)value }));

        decimal? Strictest(PlanField field, Func<decimal, TreatmentPlan> with) => book.Knowledge.TechniqueRules
            .SelectMany(rule => rule.Detect.All.OfType<PlanNumberPredicate>().Where(p => p.Field == field && p.Op is Comparison.Gt), (rule, limit) => (rule.Id, Most: limit.Value))
            .Where(limit => book.Read(limit.Id, request with { Plan = with(limit.Most + 1) }).Truth == Truth.Yes)
            .Min(limit => (decimal?)limit.Most);
    }
}

using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Sessions;

/// <summary>The strictest limits of the rule book for a technique and a session's number. Null: no rule sets one.</summary>
public sealed record TechniqueLimits(decimal? TotalMl, decimal? PerPointMl, decimal? NeedleMm, int? Minutes)
{
    public static TechniqueLimits Of(RuleBook book, string? technique, int sessionNumber)
    {
        ArgumentNullException.ThrowIfNull(book);
        return new TechniqueLimits(Strictest(PlanField.VolumeTotalMl), Strictest(PlanField.VolumePerInjectionMl), Strictest(PlanField.NeedleOuterDiameterMm), (int?)Strictest(PlanField.DurationMin));

        decimal? Strictest(PlanField field) => book.Knowledge.TechniqueRules.Where(rule => rule.Detect.All.All(Applies))
            .SelectMany(rule => rule.Detect.All.OfType<PlanNumberPredicate>())
            .Where(p => p.Field == field && p.Op is Comparison.Gt)
            .Min(p => (decimal?)p.Value);

        bool Applies(Predicate predicate) => predicate switch
        {
            PlanChoicePredicate { Field: PlanField.Technique } p => p.In.Contains(technique, StringComparer.Ordinal),
            PlanNumberPredicate { Field: PlanField.SessionNumber } p => p.Op switch
            {
                Comparison.Eq => sessionNumber == p.Value,
                Comparison.Gt => sessionNumber > p.Value,
                _ => true,
            },
            _ => true,
        };
    }
}

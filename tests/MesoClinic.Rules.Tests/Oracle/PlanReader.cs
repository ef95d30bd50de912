using System.Globalization;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Reads the plan's own fields, filled in or derived.</summary>
internal static class PlanReader
{
    public static Reading Area(PlannedAreaPredicate predicate, Case facts)
    {
        if (facts.Plan.Areas is not { } planned)
        {
            return facts.NotPlanned("areas");
        }
        var hit = planned.Where(area => predicate.In.Contains(area) || facts.Book.GroupsOf(area).Any(g => predicate.In.Contains(g))).ToArray();
        return hit.Length > 0 ? Reading.Yes(() => $"Planned on: {Sentences.Areas(hit, facts.Book)}") : Reading.No;
    }

    public static Reading Indication(PlannedIndicationPredicate predicate, Case facts)
    {
        if (facts.Plan.Indication is not { } indication)
        {
            return facts.NotPlanned("indication");
        }
        return predicate.NotIn.Contains(indication)
            ? Reading.No
            : Reading.Yes(() => $"Planned for: {Sentences.LowerFirst(facts.Book.Indications.GetValueOrDefault(indication)?.Title ?? indication)}");
    }

    public static Reading Flag(PlanFlagPredicate predicate, Case facts)
    {
        var (value, missing) = PlanValues.Flag(predicate.Field, facts);
        return value is { } known
            ? known == predicate.Is ? Reading.Yes(() => PlanValues.InWords(predicate.Field, known)) : Reading.No
            : Absent(missing, facts);
    }

    public static Reading Number(PlanNumberPredicate predicate, Case facts)
    {
        var (value, missing) = PlanValues.Number(predicate.Field, facts);
        return value is { } known
            ? predicate.Op.Holds(known, predicate.Value)
                ? Reading.Yes(() => string.Create(CultureInfo.InvariantCulture, $"{PlanValues.Name(predicate.Field)}: {known:0.###}, {predicate.Op.InWords()} {predicate.Value:0.###}"))
                : Reading.No
            : Absent(missing, facts);
    }

    public static Reading Choice(PlanChoicePredicate predicate, Case facts)
    {
        var (value, missing) = PlanValues.Choice(predicate.Field, facts);
        return value is not null
            ? predicate.In.Contains(value) ? Reading.Yes(() => $"{PlanValues.Name(predicate.Field)}: {facts.Book.TitleOf(value)}") : Reading.No
            : Absent(missing, facts);
    }

    private static Reading Absent(string[] missing, Case facts) => missing.Length == 0 ? Reading.No : facts.NotPlanned(missing);
}

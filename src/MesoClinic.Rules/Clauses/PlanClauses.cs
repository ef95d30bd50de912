using System.Collections.Frozen;
using System.Globalization;
using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>A planned area is one of these, or belongs to one of these groups.</summary>
internal sealed class AreaClause(PlannedAreaPredicate predicate, RuleBook book) : Clause
{
    private readonly FrozenSet<string> areas = predicate.In.Concat(book.Areas.Values.Where(area => area.Groups.Intersect(predicate.In, StringComparer.Ordinal).Any()).Select(area => area.Id))
        .ToFrozenSet(StringComparer.Ordinal);

    public override int Commonness => 500;

    public override IReadOnlyList<string> PlanFields => ["areas"];

    public override Truth Read(Case facts)
    {
        if (facts.Plan.Source.Areas is not { } planned)
        {
            return facts.NotPlanned;
        }
        for (var i = 0; i < planned.Count; i++)
        {
            if (areas.Contains(planned[i]))
            {
                return Truth.Yes;
            }
        }
        return Truth.No;
    }

    public override void Because(Case facts, List<string> words) => words.Add($"Planned on: {Sentences.Areas(facts.Plan.Source.Areas!.Where(areas.Contains), facts.Book)}");

    public override void Missing(Case facts, List<string> fields) => fields.Add("areas");

    public override void Subscribe(Subscriber rule)
    {
        foreach (var area in areas)
        {
            rule.WaitFor(Topic.Area, area);
        }
        rule.WaitForUnplanned("areas");
    }
}

internal sealed class IndicationClause(PlannedIndicationPredicate predicate) : Clause
{
    public const string Planned = "indication";

    public override int Commonness => 700;

    public override IReadOnlyList<string> PlanFields => ["indication"];

    public override Truth Read(Case facts) => facts.Plan.Source.Indication switch
    {
        null => facts.NotPlanned,
        { } indication => predicate.NotIn.Has(indication) ? Truth.No : Truth.Yes,
    };

    public override void Because(Case facts, List<string> words)
    {
        var indication = facts.Plan.Source.Indication!;
        words.Add($"Planned for: {Sentences.LowerFirst(facts.Book.Indications.GetValueOrDefault(indication)?.Title ?? indication)}");
    }

    public override void Missing(Case facts, List<string> fields) => fields.Add("indication");

    public override void Subscribe(Subscriber rule)
    {
        rule.WaitFor(Topic.Plan, Planned);
        rule.WaitForUnplanned("indication");
    }
}

internal sealed class FlagClause(PlanFlagPredicate predicate) : Clause
{
    public override bool DependsOnTreatment => predicate.Field is not (PlanField.ConsultationDone or PlanField.HistoryComplete or PlanField.AreasAnyFace or PlanField.AreasAllFace or PlanField.LargeBodyArea);

    /// <summary>Without a product there is nothing of the wrong layer and nothing recalled; whatever else depends on the treatment is not given.</summary>
    public override bool MayHoldFor(string alternative) => !DependsOnTreatment || (predicate.Field is PlanField.LayerMismatch or PlanField.ProductRecalled && !predicate.Is);

    public override int Commonness => 100;

    public override IReadOnlyList<string> PlanFields => predicate.Field.ReadInRequest();

    public static string Given(PlanField field, bool value) => $"{field}={value}";

    public override Truth Read(Case facts)
    {
        var (value, missing) = PlanValues.Flag(predicate.Field, facts);
        return value is { } known ? (known == predicate.Is ? Truth.Yes : Truth.No) : PlanValues.Absent(missing, facts);
    }

    public override void Because(Case facts, List<string> words) => words.Add(PlanValues.InWords(predicate.Field, predicate.Is));

    public override void Missing(Case facts, List<string> fields) => fields.AddRange(PlanValues.Flag(predicate.Field, facts).Missing);

    public override void Subscribe(Subscriber rule)
    {
        rule.WaitFor(Topic.Plan, Given(predicate.Field, predicate.Is));
        rule.WaitForUnplanned(predicate.Field.ToString());
    }
}

internal sealed class NumberClause(PlanNumberPredicate predicate) : Clause
{
    public override bool DependsOnTreatment => predicate.Field is not (PlanField.SessionNumber or PlanField.DaysSinceLastSession);

    public override bool MayHoldFor(string alternative) => !DependsOnTreatment || (predicate.Field == PlanField.IngredientCount && predicate.Op.Holds(decimal.Zero.CompareTo(predicate.Value)));

    public override int Commonness => 50;

    public override bool IsDateDriven => predicate.Field == PlanField.DaysSinceLastSession;

    public override bool IsWokenByTheCalendar => IsDateDriven;

    public override IReadOnlyList<string> PlanFields => predicate.Field.ReadInRequest();

    public override Truth Read(Case facts)
    {
        var (value, missing) = PlanValues.Number(predicate.Field, facts);
        return value is { } known ? (predicate.Op.Holds(known.CompareTo(predicate.Value)) ? Truth.Yes : Truth.No) : PlanValues.Absent(missing, facts);
    }

    public override void Because(Case facts, List<string> words)
    {
        var value = PlanValues.Number(predicate.Field, facts).Value;
        words.Add(string.Create(CultureInfo.InvariantCulture, $"{PlanValues.Name(predicate.Field)}: {value:0.###}, {predicate.Op.InWords()} {predicate.Value:0.###}"));
    }

    public override void Missing(Case facts, List<string> fields) => fields.AddRange(PlanValues.Number(predicate.Field, facts).Missing);

    public override void Subscribe(Subscriber rule)
    {
        rule.WaitFor(predicate.Field.ToString(), predicate.Op, predicate.Value);
        rule.WaitForUnplanned(predicate.Field.ToString());
    }

    public override void AddTurns(Case facts, List<int> days)
    {
        if (IsDateDriven && facts.Plan.Source.LastSession is { } last)
        {
            // Reached on one day, passed on the next; a limit between two days is both.
            var reached = last.DayNumber + (int)Math.Clamp(Math.Floor(predicate.Value), -DateOnly.MaxValue.DayNumber, DateOnly.MaxValue.DayNumber);
            days.Add(reached);
            days.Add(reached + 1);
        }
    }
}

internal sealed class ChoiceClause(PlanChoicePredicate predicate) : Clause
{
    public override bool DependsOnTreatment => predicate.Field != PlanField.Setting;

    public override bool MayHoldFor(string alternative) => !DependsOnTreatment || (predicate.Field == PlanField.Technique && predicate.In.Has(alternative));

    public override int Commonness => 100;

    public override IReadOnlyList<string> PlanFields => predicate.Field.ReadInRequest();

    public static string Given(PlanField field, string value) => $"{field}={value}";

    public override Truth Read(Case facts)
    {
        var (value, missing) = PlanValues.Choice(predicate.Field, facts);
        return value is null ? PlanValues.Absent(missing, facts) : predicate.In.Has(value) ? Truth.Yes : Truth.No;
    }

    public override void Because(Case facts, List<string> words) =>
        words.Add($"{PlanValues.Name(predicate.Field)}: {facts.Book.TitleOf(PlanValues.Choice(predicate.Field, facts).Value!)}");

    public override void Missing(Case facts, List<string> fields) => fields.AddRange(PlanValues.Choice(predicate.Field, facts).Missing);

    public override void Subscribe(Subscriber rule)
    {
        foreach (var value in predicate.In)
        {
            rule.WaitFor(Topic.Plan, Given(predicate.Field, value));
        }
        rule.WaitForUnplanned(predicate.Field.ToString());
    }
}

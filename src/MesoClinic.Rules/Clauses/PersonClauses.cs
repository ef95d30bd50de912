using System.Globalization;
using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Clauses;

/// <summary>Age in completed years on the day.</summary>
internal sealed class AgeClause(AgePredicate predicate) : Clause
{
    public const string Quantity = "age";
    public const string Unknown = "birth date not known";

    public override int Commonness => predicate.Op is Comparison.Lt or Comparison.Lte && predicate.Years <= 20 ? 50 : 500;

    public override bool IsWokenByTheCalendar => true;

    public override Truth Read(Case facts) => facts.Age switch
    {
        null => Truth.Unknown,
        { } age => predicate.Op.Holds(age.CompareTo(predicate.Years)) ? Truth.Yes : Truth.No,
    };

    public override void Because(Case facts, List<string> words) => words.Add($"Age {facts.Age} on the day");

    public override void Missing(Case facts, List<string> fields) => fields.Add("birthDate");

    public override void Subscribe(Subscriber rule)
    {
        rule.WaitFor(Quantity, predicate.Op, predicate.Years);
        rule.WaitFor(Topic.Other, Unknown);
    }

    public override void AddTurns(Case facts, List<int> days) => facts.AddBirthdays(days);
}

internal sealed class FitzpatrickClause(FitzpatrickPredicate predicate) : Clause
{
    public const string Quantity = "phototype";
    public const string Unknown = "phototype not known";

    public override int Commonness => 300;

    public override Truth Read(Case facts) => facts.Patient.Facts.Fitzpatrick switch
    {
        null => Truth.Unknown,
        { } type => type >= predicate.AtLeast ? Truth.Yes : Truth.No,
    };

    public override void Because(Case facts, List<string> words) => words.Add($"Fitzpatrick phototype {facts.Patient.Facts.Fitzpatrick}");

    public override void Missing(Case facts, List<string> fields) => fields.Add("fitzpatrick");

    public override void Subscribe(Subscriber rule)
    {
        rule.WaitFor(Quantity, Comparison.Gte, predicate.AtLeast);
        rule.WaitFor(Topic.Other, Unknown);
    }
}

/// <summary>A vital sign or laboratory value.</summary>
/// <param name="onlyWith">Whom the measure concerns: for everybody else a value that was not measured is not missing. Null: everybody.</param>
internal sealed class MeasureClause(Measure measure, decimal atLeast, bool isVital, Formula? onlyWith) : Clause
{
    private readonly string field = FieldOf(measure.Id, isVital);

    public override int Commonness => 10;

    public static string FieldOf(string measure, bool isVital) => $"{(isVital ? "vitals" : "labs")}.{measure}";

    public static string Unknown(string field) => $"{field} not known";

    public override Truth Read(Case facts)
    {
        if (!Values(facts).TryGetValue(measure.Id, out var value))
        {
            // Vital signs are measured on the day: nothing to ask for at booking.
            var known = facts.Patient.HistoryComplete || (isVital && facts.Stage == Stage.Booking);
            return known ? Truth.No : Truth.Unknown.And(onlyWith?.Read(facts) ?? Truth.Yes);
        }
        return value is not { } measured ? Truth.Unknown : measured >= atLeast ? Truth.Yes : Truth.No;
    }

    public override void Because(Case facts, List<string> words) =>
        words.Add(string.Create(CultureInfo.InvariantCulture, $"{measure.Title} {Values(facts)[measure.Id]:0.##} {measure.Unit}, limit {atLeast:0.##}"));

    public override void Missing(Case facts, List<string> fields)
    {
        if (!Values(facts).ContainsKey(measure.Id) && onlyWith?.Read(facts) == Truth.Unknown)
        {
            onlyWith.Missing(facts, fields);
        }
        fields.Add(field);
    }

    public override void Subscribe(Subscriber rule)
    {
        rule.WaitFor(field, Comparison.Gte, atLeast);
        rule.WaitFor(Topic.Other, Unknown(field));
    }

    public override void AddTurns(Case facts, List<int> days) => onlyWith?.AddTurns(facts, days);

    private IReadOnlyDictionary<string, decimal?> Values(Case facts) => isVital ? facts.Patient.Facts.Vitals : facts.Patient.Facts.Labs;
}

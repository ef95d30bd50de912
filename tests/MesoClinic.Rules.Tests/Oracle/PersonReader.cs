using System.Globalization;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Reads what is measured or counted on the person.</summary>
internal static class PersonReader
{
    public static Reading Age(AgePredicate predicate, Case facts) => facts.Age switch
    {
        null => Reading.Unknown("birthDate"),
        { } age when predicate.Op.Holds(age, predicate.Years) => Reading.Yes(() => $"Age {age} on the day"),
        _ => Reading.No,
    };

    public static Reading Fitzpatrick(FitzpatrickPredicate predicate, Case facts) => facts.Patient.Fitzpatrick switch
    {
        null => Reading.Unknown("fitzpatrick"),
        { } type when type >= predicate.AtLeast => Reading.Yes(() => $"Fitzpatrick phototype {type}"),
        _ => Reading.No,
    };

    public static Reading Vital(VitalPredicate predicate, Case facts) =>
        // Measured on the day: nothing to ask for at booking.
        !facts.Patient.Vitals.ContainsKey(predicate.Name) && facts.Request.Stage == Stage.Booking
            ? Reading.No
            : Measured(predicate.Name, predicate.AtLeast, facts.Patient.Vitals, "vitals", facts);

    public static Reading Lab(LabPredicate predicate, Case facts) => Measured(predicate.Name, predicate.AtLeast, facts.Patient.Labs, "labs", facts);

    private static Reading Measured(string name, decimal atLeast, IReadOnlyDictionary<string, decimal?> values, string list, Case facts)
    {
        var measure = facts.Book.Measures[name];
        if (!values.TryGetValue(name, out var value))
        {
            var missing = facts.NotGiven($"{list}.{name}");
            return measure.OnlyWith is { } concerned ? Reading.AllOf(ConditionReader.Read(concerned, Extent.WholeBody, facts), missing) : missing;
        }
        if (value is not { } measured)
        {
            return Reading.Unknown($"{list}.{name}");
        }
        return measured >= atLeast
            ? Reading.Yes(() => string.Create(CultureInfo.InvariantCulture, $"{measure.Title} {measured:0.##} {measure.Unit}, limit {atLeast:0.##}"))
            : Reading.No;
    }
}

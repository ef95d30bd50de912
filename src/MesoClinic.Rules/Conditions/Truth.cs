namespace MesoClinic.Rules.Conditions;

/// <summary>Kleene's three values, ordered: "and" takes the least, "or" the greatest.</summary>
public enum Truth
{
    No,
    Unknown,
    Yes,
}

internal static class Kleene
{
    public static Truth Not(this Truth truth) => (Truth)(Truth.Yes - truth);

    public static Truth And(this Truth a, Truth b) => a < b ? a : b;

    public static Truth Or(this Truth a, Truth b) => a > b ? a : b;
}

namespace MesoClinic.Rules.Conditions;

/// <summary>Kleene's three values, ordered: "and" takes the least, "or" the greatest.</summary>
public enum Truth
{
    No,
    Unknown,
    Yes,
}

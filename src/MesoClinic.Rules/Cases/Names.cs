namespace MesoClinic.Rules.Cases;

internal static class Names
{
    /// <summary>Whether a short list holds a name; allocates nothing.</summary>
    public static bool Has(this IReadOnlyList<string> names, string wanted)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], wanted, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }
}

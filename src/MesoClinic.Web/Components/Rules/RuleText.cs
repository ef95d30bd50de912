namespace MesoClinic.Web.Components.RulePages;

internal static class RuleText
{
    /// <summary>The tables write notes in lower case without a full stop.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..] + (text[^1] is '.' or '!' or '?' ? "" : ".");
}

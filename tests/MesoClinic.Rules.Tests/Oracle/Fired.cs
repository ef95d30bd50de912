namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>A rule that says yes, and why.</summary>
internal sealed record Fired(Rule Rule, Reading Reading)
{
    public Finding AsFinding(Offers offers) => new(
        Rule.Id,
        Rule.Tier,
        Rule.Action,
        Rule.Title,
        string.Join("; ", Reading.Because.Distinct(StringComparer.Ordinal)),
        Rule.Rationale,
        Rule.ClearsWhen,
        [.. Rule.Alternatives.Where(offers.MayOffer)],
        Rule.Sources);
}

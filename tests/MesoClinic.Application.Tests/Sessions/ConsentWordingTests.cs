using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Xunit;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class ConsentWordingTests
{
    private static readonly ConsentFacts Facts = new("Hannah Lindqvist", new DateOnly(1980, 3, 11), "Test clinic", "020 7946 0142", "999", new DateOnly(2027, 6, 1));

    [Fact]
    public void The_treatment_names_what_is_planned_and_what_it_can_bring()
    {
        var text = Treatment(["forehead"], ["ing-hyaluronic-acid"]);

        Assert.StartsWith("Consent to mesotherapy\nPatient: Hannah Lindqvist, born 11 March 1980\n", text, StringComparison.Ordinal);
        Assert.Contains("Areas: Forehead.\nTechnique: Nappage.\nIngredients: Hyaluronic acid, non-cross-linked.", text, StringComparison.Ordinal);
        Assert.Contains("Usual, and passing by itself:\n- Redness and irritation, for up to 2 days\n", text, StringComparison.Ordinal);
        Assert.Contains("Call the clinic on 020 7946 0142 if one of these lasts longer than that, or gets worse instead of better.", text, StringComparison.Ordinal);
        Assert.Contains("holds until 1 June 2027", text, StringComparison.Ordinal);
        Assert.DoesNotContain("{", text, StringComparison.Ordinal);
    }

    [Fact]
    public void How_urgent_a_risk_is_decides_under_which_word_it_stands()
    {
        var parts = Treatment(["forehead"], ["ing-hyaluronic-acid"]).Split(["Occasional:", "Rare:", "Very rare, but serious:"], StringSplitOptions.None);

        Assert.Equal(4, parts.Length);
        Assert.Contains("- Bruise, for up to 7 days", parts[0], StringComparison.Ordinal);
        Assert.Contains("- Pigmentation", parts[1], StringComparison.Ordinal);
        Assert.Contains("- Haematoma", parts[2], StringComparison.Ordinal);
        Assert.Contains("- Anaphylaxis", parts[3], StringComparison.Ordinal);
        Assert.Contains("Call 999 at once", parts[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scalp", "ing-hyaluronic-acid", "Hair loss after scalp mesotherapy", true)]
    [InlineData("forehead", "ing-hyaluronic-acid", "Hair loss after scalp mesotherapy", false)]
    [InlineData("forehead", "ing-hyaluronic-acid", "Visual symptoms", true)]
    [InlineData("abdomen", "ing-hyaluronic-acid", "Visual symptoms", false)]
    [InlineData("forehead", "ing-procaine", "Local-anaesthetic toxicity", true)]
    [InlineData("forehead", "ing-hyaluronic-acid", "Local-anaesthetic toxicity", false)]
    [InlineData("forehead", "ing-lidocaine", "Methaemoglobinaemia", true)]
    [InlineData("forehead", "ing-procaine", "Methaemoglobinaemia", false)]
    [InlineData("forehead", "ing-hyaluronic-acid", "excess sessions", false)]
    public void A_risk_stands_where_area_or_ingredient_brings_it(string area, string ingredient, string risk, bool stands) =>
        Assert.Equal(stands, Treatment([area], [ingredient]).Contains(risk, StringComparison.Ordinal));

    [Fact]
    public void The_anaesthetic_has_its_own_risks_only()
    {
        var text = Write(new ConsentSubject(ConsentKind.Anaesthetic, [], null, ["ing-lidocaine"]));

        Assert.Contains("numbed with: Lidocaine.", text, StringComparison.Ordinal);
        Assert.Contains("Local-anaesthetic toxicity", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bruise", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_built_in_text_keeps_the_rules_that_a_clinics_own_must_keep() =>
        Assert.All(Enum.GetValues<ConsentKind>(), kind => Assert.Null(ConsentWording.Problem(kind, BuiltInConsentTexts.Of(kind).Text)));

    [Fact]
    public void A_text_that_forgets_the_areas_or_names_an_unknown_field_says_which()
    {
        Assert.Contains("{areas}", ConsentWording.Problem(ConsentKind.Treatment, "{technique} {ingredients} {risks} {until}"), StringComparison.Ordinal);
        Assert.Contains("{price}", ConsentWording.Problem(ConsentKind.Photos, "Photos cost {price}."), StringComparison.Ordinal);
    }

    private static string Treatment(string[] areas, string[] ingredients) => Write(new ConsentSubject(ConsentKind.Treatment, areas, "tech-nappage", ingredients));

    private static string Write(ConsentSubject subject) => ConsentWording.Write(TestClinic.Book.Value, BuiltInConsentTexts.Of(subject.Kind).Text, null, subject, Facts);
}

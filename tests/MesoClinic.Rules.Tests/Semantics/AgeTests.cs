namespace MesoClinic.Rules.Tests.Semantics;

public sealed class AgeTests
{
    [Theory]
    [InlineData("2008-02-29", "2026-02-28", true)]
    [InlineData("2008-02-29", "2026-03-01", false)]
    [InlineData("2010-02-28", "2028-02-27", true)]
    [InlineData("2010-02-28", "2028-02-28", false)]
    public void Somebody_born_on_a_leap_day_comes_of_age_on_the_first_of_march(string born, string day, bool isMinor)
    {
        var request = Shipped.With(Shipped.CleanPatient with { BirthDate = Date(born) }) with { Date = Date(day) };

        Assert.Equal(isMinor, Shipped.Assess(request).Has("ci-minor-guardian-consent"));
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

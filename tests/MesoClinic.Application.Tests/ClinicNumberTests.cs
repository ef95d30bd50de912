using System.Globalization;
using MesoClinic.Application;

namespace MesoClinic.Application.Tests;

public sealed class ClinicNumberTests
{
    public static TheoryData<string> Cultures => ["en-US", "ru-RU", "vi-VN"];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Reads_a_comma_and_a_point_alike_in_every_culture(string culture)
    {
        In(culture, () =>
        {
            Assert.Equal(0.02m, Read("0,02"));
            Assert.Equal(0.02m, Read("0.02"));
            Assert.Equal(1.234m, Read("1.234"));
            Assert.Equal(1.234m, Read("1,234"));
            Assert.Equal(-1.5m, Read(" -1,5 "));
            Assert.Equal(12m, Read("12"));
        });
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Refuses_what_could_be_misread(string culture)
    {
        In(culture, () => Assert.All(
            ["1.234,5", "1,234.5", "1 234", "1\u00a0234", "1.2.3", ".5", "5.", ",", "", " ", null, "1e3", "0x10", "½", "１２", "+1", "--1", "1,5 ml", new string('9', 40)],
            text => Assert.False(ClinicNumber.TryParse(text, out _), $"\"{text}\" was read")));
    }

    private static decimal Read(string text)
    {
        Assert.True(ClinicNumber.TryParse(text, out var value), $"\"{text}\" was not read");
        return value;
    }

    private static void In(string culture, Action act)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            act();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

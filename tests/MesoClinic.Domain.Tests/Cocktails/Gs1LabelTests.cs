using MesoClinic.Domain.Cocktails;
using Xunit;

namespace MesoClinic.Domain.Tests.Cocktails;

public sealed class Gs1LabelTests
{
    private const string Gtin = "09506000134352";

    [Theory]
    [InlineData("010950600013435217271130" + "10HA-2604")]
    [InlineData("(01)09506000134352(17)271130(10)HA-2604")]
    [InlineData("(01) 09506000134352 (17) 271130 (10) HA-2604")]
    [InlineData("]d20109506000134352" + "10HA-2604\u001d17271130")]
    [InlineData("\u001d0109506000134352" + "17271130" + "10HA-2604\u001d21SERIAL9")]
    [InlineData("0109506000134352" + "10HA-2604<GS>17271130")]
    [InlineData("0109506000134352" + "11250101" + "17271130" + "10HA-2604")]
    public void Product_lot_and_last_day_are_read_however_the_scanner_writes_them(string text) =>
        Assert.Equal(new Gs1Label(Gtin, "HA-2604", new DateOnly(2027, 11, 30)), Gs1Label.Read(text));

    [Fact]
    public void Day_nought_is_the_last_of_the_month() => Assert.Equal(new DateOnly(2028, 2, 29), Gs1Label.Read("(01)09506000134352(17)280200(10)A")!.ExpiresOn);

    [Theory]
    [InlineData("9506000134352")]
    [InlineData("09506000134352")]
    public void The_plain_number_under_the_bars_is_the_product_without_a_lot(string text) => Assert.Equal(new Gs1Label(Gtin, null, null), Gs1Label.Read(text));

    [Theory]
    [InlineData("HA-2604")]
    [InlineData("9506000134353")]
    [InlineData("01095060001343531710HA")]
    [InlineData("(01)09506000134352(17)271399(10)A")]
    [InlineData("(01)09506000134352(17")]
    [InlineData("0109506000")]
    [InlineData("00000000")]
    [InlineData("")]
    [InlineData("()")]
    public void What_is_no_such_code_is_left_to_be_read_as_a_lot_number(string text) => Assert.Null(Gs1Label.Read(text));
}

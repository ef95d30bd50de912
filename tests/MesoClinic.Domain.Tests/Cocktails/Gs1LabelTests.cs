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
    public void The_plain_number_under_the_bars_is_the_product_without_a_lot(string text) => Assert.Equal(new Gs1Label(Gtin, null, null, IsBare: true), Gs1Label.Read(text));

    [Theory]
    [InlineData("17271130" + "01" + Gtin + "10HA-2604")]
    [InlineData("10HA-2604\u001d" + "17271130" + "01" + Gtin)]
    [InlineData("]d221SERIAL9\u241d" + "01" + Gtin + "17271130" + "10HA-2604")]
    [InlineData("(10)HA-2604(17)271130(01)" + Gtin)]
    public void The_product_may_stand_anywhere_in_the_code(string text) => Assert.Equal(new Gs1Label(Gtin, "HA-2604", new DateOnly(2027, 11, 30)), Gs1Label.Read(text));

    [Theory]
    [InlineData("3103000250")]
    [InlineData("7003" + "2711301200\u001d")]
    [InlineData("91ABC\u001d")]
    [InlineData("03" + Gtin)]
    [InlineData("04" + "1234567890123456")]
    [InlineData("414" + "5012345000015")]
    [InlineData("8008" + "26010112\u001d")]
    [InlineData("240" + "REF10A\u001d")]
    [InlineData("21SER17271130\u001d")]
    public void What_nobody_asks_for_here_is_stepped_over(string between) =>
        Assert.Equal(new Gs1Label(Gtin, "HA-2604", new DateOnly(2027, 11, 30)), Gs1Label.Read("01" + Gtin + between + "17271130" + "10HA-2604"));

    [Theory]
    [InlineData("21SER17" + "17271130" + "10HA-2604")]
    [InlineData("7003" + "2711301200" + "10HA-2604")]
    [InlineData("91ABC" + "10HA-2604")]
    [InlineData("10HA-2604" + "17271130")]
    [InlineData("10HA-2604" + "17271130" + "21SERIAL9")]
    [InlineData("10HA-2604" + "21SERIAL9" + "17271130")]
    [InlineData("10HA-2604-WITH-A-LONG-SERIAL-BEHIND")]
    [InlineData("10HA-2604\u001d" + "10HA-2605")]
    [InlineData("10")]
    public void A_lot_that_lost_its_separator_is_not_guessed(string behind)
    {
        var label = Gs1Label.Read("01" + Gtin + behind);

        Assert.Equal((Gtin, null, false), (label!.Gtin, label.Lot, label.IsBare));
    }

    [Theory]
    [InlineData("10HA-2604" + "21SERIAL9", "HA-260421SERIAL9")]
    [InlineData("10HA-2604" + "11250101", "HA-260411250101")]
    [InlineData("10HA-2604" + "15280101", "HA-260415280101")]
    [InlineData("10HA-2104", "HA-2104")]
    public void A_lot_whose_end_nothing_marks_may_hold_what_stood_behind_it(string behind, string lot)
    {
        var label = Gs1Label.Read("01" + Gtin + "17271130" + behind);

        Assert.Equal(new Gs1Label(Gtin, lot, new DateOnly(2027, 11, 30), LotMayHoldMore: true), label);
    }

    [Theory]
    [InlineData("10HA-2604\u001d" + "21SERIAL9")]
    [InlineData("10HA-2621")]
    [InlineData("1021-HA")]
    public void A_lot_that_ends_for_certain_holds_nothing_more(string behind) => Assert.False(Gs1Label.Read("01" + Gtin + "17271130" + behind)!.LotMayHoldMore);

    [Theory]
    [InlineData("(01)09506000134352(17)271130(10)AB(C)")]
    [InlineData("(01)09506000134352(17)271130(10)AB(12)")]
    [InlineData("(01)09506000134352(17)271130(10)AB(12345)6")]
    public void Brackets_inside_a_lot_cut_nothing_off(string text) => Assert.Null(Gs1Label.Read(text));

    /// <summary>Eight digits whose last one fits the others.</summary>
    [Fact]
    public void A_typed_number_with_a_right_check_digit_is_a_products() => Assert.Equal(new Gs1Label("00000020260415", null, null, IsBare: true), Gs1Label.Read("20260415"));

    [Theory]
    [InlineData("17260415")]
    [InlineData("10260415")]
    public void A_typed_number_that_only_begins_like_an_identifier_is_a_lots(string text) => Assert.Null(Gs1Label.Read(text));

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

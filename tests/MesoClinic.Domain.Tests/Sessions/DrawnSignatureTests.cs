using MesoClinic.Domain.Sessions;
using Xunit;

namespace MesoClinic.Domain.Tests.Sessions;

public sealed class DrawnSignatureTests
{
    private const string Good = "M40 120l60 -30l40 50l80 -10M300 90l50 40";

    [Theory]
    [InlineData(Good)]
    [InlineData("M0 0l600 200")]
    [InlineData("M40 120l60-30l40 50l80-10")]
    public void A_line_in_the_box_is_a_signature(string path) => Assert.Null(DrawnSignature.Problem(path));

    [Theory]
    [InlineData("")]
    [InlineData("M40 120")]
    [InlineData("M40 120l3 3")]
    public void A_dot_or_dash_is_too_short(string path) => Assert.Contains("too short", DrawnSignature.Problem(path), StringComparison.Ordinal);

    [Theory]
    [InlineData("l10 10M40 120l200 10")]
    [InlineData("M40 120l600 0")]
    [InlineData("M40 120l-60 0l200 0")]
    [InlineData("M40 120L200 120")]
    [InlineData("M40 120l200")]
    [InlineData("M40 120l2.5 10l200 0")]
    [InlineData("M40 120l200 0Z")]
    [InlineData("M40 120l99999999999 0")]
    [InlineData("M40 120l200 0\"/><script>alert(1)</script>")]
    [InlineData("url(https://elsewhere.example)")]
    [InlineData("M40 120l200 0 ")]
    public void Anything_but_lines_inside_the_box_is_refused(string path) => Assert.Contains("cannot be read", DrawnSignature.Problem(path), StringComparison.Ordinal);

    [Fact]
    public void An_endless_scribble_is_refused_by_its_length()
    {
        var path = "M0 0" + string.Concat(Enumerable.Repeat("l9 0l-9 0", 1000));

        Assert.Contains("too many strokes", DrawnSignature.Problem(path), StringComparison.Ordinal);
    }
}

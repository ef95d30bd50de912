using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using FluentValidation;
using MesoClinic.Web.Components.Shared.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace MesoClinic.Web.Tests.Shared;

public sealed class FormTests : BunitContext
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;
    private readonly SampleForm _model = new();

    public FormTests() => Services.AddSingleton<IValidator<SampleForm>, SampleFormValidator>();

    [Theory]
    [InlineData("en-US")]
    [InlineData("ru-RU")]
    [InlineData("vi-VN")]
    public void A_comma_and_a_point_mean_the_same_in_every_culture_and_what_was_typed_stays(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var page = Page();
        foreach (var typed in new[] { "0,02", "0.02" })
        {
            Field(page, "Volume").Change(typed);

            Assert.Equal(0.02m, _model.Volume);
            Assert.Equal(typed, Field(page, "Volume").GetAttribute("value"));
        }

        _model.Volume = 1.5m;
        page.Render();
        Assert.Equal("1.5", Field(page, "Volume").GetAttribute("value"));
    }

    [Theory]
    [InlineData("en-US", "1.234,5")]
    [InlineData("en-US", "1,234.5")]
    [InlineData("ru-RU", "1 234,5")]
    [InlineData("vi-VN", "1.234,5")]
    [InlineData("vi-VN", "a lot")]
    public void An_unreadable_number_is_refused_beside_the_field_kept_as_typed_and_never_leaves_an_older_number_in_force(string culture, string typed)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var page = Page();
        Field(page, "Volume").Change("0,5");
        Field(page, "Volume").Change(typed);

        Assert.Null(_model.Volume);
        Assert.Equal(typed, Field(page, "Volume").GetAttribute("value"));
        Assert.Contains("such as 0.02 or 0,02", Described(page, "Volume"), StringComparison.Ordinal);
        page.Find("form").Submit();
        Assert.False(page.Instance.Saved);
        Assert.DoesNotContain("Write the volume.", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-US", "0,02")]
    [InlineData("ru-RU", "0.02")]
    [InlineData("vi-VN", "0.02")]
    public void A_static_form_reads_what_was_posted_the_same_in_every_culture(string culture, string typed)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var page = Posted(("text:Model.Volume", typed), ("text:Model.Day", "2026-06-20"));

        Assert.Equal(0.02m, _model.Volume);
        Assert.Equal(new DateOnly(2026, 6, 20), _model.Day);
        Assert.Equal(typed, Field(page, "Volume").GetAttribute("value"));
    }

    [Fact]
    public void A_static_form_keeps_what_it_cannot_read_and_is_not_saved()
    {
        var page = Posted(("text:Model.Volume", "1.234,5"), ("text:Model.Day", "2026-02-30"));
        page.Find("form").Submit();

        Assert.False(page.Instance.Saved);
        Assert.Null(_model.Volume);
        Assert.Equal("1.234,5", Field(page, "Volume").GetAttribute("value"));
        Assert.Contains("This date does not exist", Described(page, "Day"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_points_at_its_unit_its_hint_and_once_wrong_at_its_error()
    {
        var page = Page();
        Assert.Equal("ml For one point", Described(page, "Volume"));
        Assert.False(Field(page, "Volume").HasAttribute("aria-invalid"));

        page.Find("form").Submit();

        Assert.Equal("ml For one point Write the volume.", Described(page, "Volume"));
        Assert.Equal("true", Field(page, "Volume").GetAttribute("aria-invalid"));
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("20.06.2026")]
    [InlineData("0026-06-20")]
    public void An_impossible_date_is_refused_beside_the_field(string typed)
    {
        var page = Page();
        Field(page, "Day").Change(typed);

        Assert.Null(_model.Day);
        Assert.NotEqual("", Described(page, "Day"));
        Assert.Equal(typed, Field(page, "Day").GetAttribute("value"));
    }

    [Fact]
    public void Submitting_shows_every_message_once_in_the_summary_and_leads_to_the_fields()
    {
        var page = Page();
        Assert.Empty(page.FindAll("[role=alert] li"));

        page.Find("form").Submit();

        var links = page.FindAll("[role=alert] li a");
        Assert.Equal(["Write the name.", "Write the volume.", "Write the line's volume."], links.Select(link => link.TextContent));
        Assert.All(links, link => Assert.NotNull(page.Find("#" + link.GetAttribute("href")!.Split('#')[1])));
        Assert.False(page.Instance.Saved);
    }

    [Fact]
    public void Changing_one_field_checks_that_field_only()
    {
        var page = Page();
        Field(page, "Name").Change("");
        Field(page, "Name").Change("Ann");
        Field(page, "Name").Change("");

        Assert.Equal("Write the name.", Described(page, "Name"));
        Assert.Equal("ml For one point", Described(page, "Volume"));
    }

    [Fact]
    public void A_line_of_a_list_gets_its_own_message()
    {
        var page = Page();
        page.Find("form").Submit();
        Assert.Equal("Write the line's volume.", Described(page, "Line"));

        Field(page, "Line").Change("0,1");

        Assert.Equal("", Described(page, "Line"));
    }

    [Fact]
    public void A_complete_form_is_saved()
    {
        var page = Page();
        Field(page, "Name").Change("Ann");
        Field(page, "Volume").Change("0,5");
        Field(page, "Line").Change("0.1");
        page.Find("form").Submit();

        Assert.True(page.Instance.Saved);
        Assert.Equal(0.1m, _model.Lines[0].Volume);
    }

    [Fact]
    public void What_the_server_refuses_stands_beside_the_field_until_it_changes_and_nothing_typed_is_lost()
    {
        var page = Page();
        Field(page, "Name").Change("Ann");
        page.Render(p => p.Add(x => x.Errors, new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["Name"] = ["This name is taken."],
            ["Lines[0].Volume"] = ["More than the lot holds."],
            ["Nowhere"] = ["Someone else has changed it."],
        }));

        Assert.Equal("This name is taken.", Described(page, "Name"));
        Assert.Equal("More than the lot holds.", Described(page, "Line"));
        Assert.Equal("Ann", Field(page, "Name").GetAttribute("value"));

        Field(page, "Name").Change("Anna");
        Assert.Equal("", Described(page, "Name"));

        page.Find("form").Submit();
        Assert.DoesNotContain("More than the lot holds.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_of_the_whole_form_is_not_lost()
    {
        var page = Page();
        page.Find("form").Submit();
        page.Render(p => p.Add(x => x.Errors, new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Nowhere"] = ["Someone else has changed it."] }));

        Assert.Contains("Someone else has changed it.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        CultureInfo.CurrentCulture = _before;
        base.Dispose(disposing);
    }

    private IRenderedComponent<SampleFormPage> Posted(params (string Name, string Value)[] fields)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = HttpMethods.Post;
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.Form = new FormCollection(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value), StringComparer.Ordinal));
        RenderTree.Add<CascadingValue<HttpContext>>(p => p.Add(x => x.Value, http));
        return Page();
    }

    private IRenderedComponent<SampleFormPage> Page() => Render<SampleFormPage>(p => p.Add(x => x.Model, _model));

    private static IElement Field(IRenderedComponent<SampleFormPage> page, string label) =>
        page.Find("#" + page.FindAll("label").Single(element => element.TextContent.Trim() == label).GetAttribute("for"));

    private static string Described(IRenderedComponent<SampleFormPage> page, string label) =>
        string.Join(' ', (Field(page, label).GetAttribute("aria-describedby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => page.Find("#" + id).TextContent.Trim()));
}

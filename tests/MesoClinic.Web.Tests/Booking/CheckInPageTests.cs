using AngleSharp.Dom;
using Bunit;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Booking;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Booking;

public sealed class CheckInPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Identified_asked_and_measured_a_patient_is_checked_in()
    {
        await using var scene = await BookingScene.SetAsync();
        var (page, id) = await OpenAsync(scene);
        await FillAsync(page, temperature: "36,7");
        await AllNoAsync(page);

        await SendAsync(page);

        await page.WaitForAssertionAsync(() => Assert.EndsWith($"appointments/{id}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
        Assert.Equal(AppointmentState.CheckedIn, (await scene.Clinic.AppointmentAsync(id)).State);
    }

    [Fact]
    public async Task Without_identifiers_and_measurements_each_field_says_so()
    {
        await using var scene = await BookingScene.SetAsync();
        var (page, id) = await OpenAsync(scene);

        await page.SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.All(["Family name", "Date of birth"], label => Assert.Equal("true", page.Field(label).GetAttribute("aria-invalid"))), Patience);
        Assert.Equal(AppointmentState.Arrived, (await scene.Clinic.AppointmentAsync(id)).State);
    }

    [Fact]
    public async Task Another_persons_birth_date_stops_the_check_in_and_keeps_what_was_typed()
    {
        await using var scene = await BookingScene.SetAsync();
        var (page, _) = await OpenAsync(scene);
        await FillAsync(page);
        await page.EnterAsync("Date of birth", "1991-03-11");
        await AllNoAsync(page);

        await page.SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal("true", page.Field("Date of birth").GetAttribute("aria-invalid")), Patience);
        Assert.Equal(("Lindqvist", "36.7"), (page.Field("Family name").GetAttribute("value"), page.Field("Temperature").GetAttribute("value")));
    }

    [Fact]
    public async Task Fever_shows_the_finding_and_the_way_to_a_new_time()
    {
        await using var scene = await BookingScene.SetAsync();
        var (page, id) = await OpenAsync(scene);
        await FillAsync(page, temperature: "38.9");
        await AllNoAsync(page);

        await page.SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("Find a new time", page.Find(".panel").TextContent, StringComparison.Ordinal), Patience);
        Assert.NotEqual(AppointmentState.CheckedIn, (await scene.Clinic.AppointmentAsync(id)).State);
    }

    [Theory]
    [InlineData("1.234,5")]
    [InlineData("36.7 C")]
    public async Task A_temperature_that_could_be_misread_is_refused_beside_its_field(string typed)
    {
        await using var scene = await BookingScene.SetAsync();
        var (page, id) = await OpenAsync(scene);
        await FillAsync(page, temperature: typed);
        await AllNoAsync(page);

        await page.SubmitAsync();

        Assert.Equal(typed, page.Field("Temperature").GetAttribute("value"));
        Assert.Contains("such as 0.02 or 0,02", page.Described(page.Field("Temperature")), StringComparison.Ordinal);
        Assert.Equal(AppointmentState.Arrived, (await scene.Clinic.AppointmentAsync(id)).State);
    }

    private static async Task FillAsync(IRenderedComponent<CheckInPage> page, string temperature = "36.7")
    {
        await page.EnterAsync("Family name", "Lindqvist");
        await page.EnterAsync("Date of birth", "1990-03-11");
        await page.EnterAsync("Temperature", temperature);
        await page.EnterAsync("Blood pressure, upper", "118");
        await page.EnterAsync("Blood pressure, lower", "76");
    }

    private static async Task AllNoAsync(IRenderedComponent<CheckInPage> page)
    {
        for (var i = 0; i < Nones().Count; i++)
        {
            await page.InvokeAsync(() => Nones()[i].ClickAsync());
        }

        List<IElement> Nones() => [.. page.FindAll("button").Where(button => button.TextContent == "None of these")];
    }

    /// <summary>Sends; cautions are read and acknowledged, then it is sent again.</summary>
    private static async Task SendAsync(IRenderedComponent<CheckInPage> page)
    {
        await page.SubmitAsync();
        if (await page.AcknowledgeAsync() > 0)
        {
            await page.SubmitAsync();
        }
    }

    private async Task<(IRenderedComponent<CheckInPage> Page, Guid Appointment)> OpenAsync(BookingScene scene)
    {
        var id = await scene.ArrivedAsync();
        this.UseClinic(scene.Clinic, scene.Irina, "Cosmetologist");
        var page = Render<CheckInPage>(parameters => parameters.Add(p => p.Id, id));
        await page.WaitForElementAsync("form", Patience);
        return (page, id);
    }
}

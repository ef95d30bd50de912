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
        Fill(page, temperature: "36,7");
        AllNo(page);

        await SendAsync(page);

        await page.WaitForAssertionAsync(() => Assert.EndsWith($"appointments/{id}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
        Assert.Equal(AppointmentState.CheckedIn, (await scene.Clinic.AppointmentAsync(id)).State);
    }

    [Fact]
    public async Task Without_identifiers_and_measurements_each_field_says_so()
    {
        await using var scene = await BookingScene.SetAsync();
        var (page, id) = await OpenAsync(scene);

        await page.Find("form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.All(["Family name", "Date of birth"], label => Assert.Equal("true", page.Field(label).GetAttribute("aria-invalid"))), Patience);
        Assert.Equal(AppointmentState.Arrived, (await scene.Clinic.AppointmentAsync(id)).State);
    }

    [Fact]
    public async Task Another_persons_birth_date_stops_the_check_in_and_keeps_what_was_typed()
    {
        await using var scene = await BookingScene.SetAsync();
        var (page, _) = await OpenAsync(scene);
        Fill(page);
        page.Field("Date of birth").Change("1991-03-11");
        AllNo(page);

        await page.Find("form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal("true", page.Field("Date of birth").GetAttribute("aria-invalid")), Patience);
        Assert.Equal(("Lindqvist", "36.7"), (page.Field("Family name").GetAttribute("value"), page.Field("Temperature").GetAttribute("value")));
    }

    [Fact]
    public async Task Fever_shows_the_finding_and_the_way_to_a_new_time()
    {
        await using var scene = await BookingScene.SetAsync();
        var (page, id) = await OpenAsync(scene);
        Fill(page, temperature: "38.9");
        AllNo(page);

        await page.Find("form").SubmitAsync();

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
        Fill(page, temperature: typed);
        AllNo(page);

        await page.Find("form").SubmitAsync();

        Assert.Equal(typed, page.Field("Temperature").GetAttribute("value"));
        Assert.Contains("such as 0.02 or 0,02", page.Described(page.Field("Temperature")), StringComparison.Ordinal);
        Assert.Equal(AppointmentState.Arrived, (await scene.Clinic.AppointmentAsync(id)).State);
    }

    private static void Fill(IRenderedComponent<CheckInPage> page, string temperature = "36.7")
    {
        page.Field("Family name").Change("Lindqvist");
        page.Field("Date of birth").Change("1990-03-11");
        page.Field("Temperature").Change(temperature);
        page.Field("Blood pressure, upper").Change("118");
        page.Field("Blood pressure, lower").Change("76");
    }

    private static void AllNo(IRenderedComponent<CheckInPage> page)
    {
        for (var i = 0; i < page.FindAll("button").Count(button => button.TextContent == "None of these"); i++)
        {
            page.FindAll("button").Where(button => button.TextContent == "None of these").ElementAt(i).Click();
        }
    }

    /// <summary>Sends; cautions are read and acknowledged, then it is sent again.</summary>
    private static async Task SendAsync(IRenderedComponent<CheckInPage> page)
    {
        await page.Find("form").SubmitAsync();
        var cautions = page.FindAll(".ack input").Count;
        for (var i = 0; i < cautions; i++)
        {
            page.FindAll(".ack input")[i].Change(true);
        }

        if (cautions > 0)
        {
            await page.Find("form").SubmitAsync();
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

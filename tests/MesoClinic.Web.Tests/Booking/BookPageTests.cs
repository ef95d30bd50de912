using Bunit;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Booking;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Booking;

public sealed class BookPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("lindq")]
    [InlineData("7946 0128")]
    [InlineData("11.3.1990")]
    [InlineData("11 March 1990")]
    public async Task A_patient_is_found_by_name_phone_or_birth_date_and_taken_by_keyboard(string typed)
    {
        await using var scene = await BookingScene.SetAsync();
        var page = await OpenAsync(scene);

        await page.TypeAsync("Patient", typed);
        await page.WaitForAssertionAsync(() => Assert.Contains("Hannah Lindqvist", Assert.Single(page.FindAll("[role=option]")).TextContent, StringComparison.Ordinal), Patience);
        await page.InvokeAsync(() => page.Field("Patient").KeyDownAsync("Enter"));

        Assert.Equal("Hannah Lindqvist", page.Field("Patient").GetAttribute("value"));
        Assert.Contains("Born 11 March 1990", page.Described(page.Field("Patient")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patient_is_taken_by_mouse()
    {
        await using var scene = await BookingScene.SetAsync();
        var page = await OpenAsync(scene);

        await PickAsync(page);

        Assert.Equal("Hannah Lindqvist", page.Field("Patient").GetAttribute("value"));
        Assert.Empty(page.FindAll("[role=option]"));
    }

    [Fact]
    public async Task What_is_missing_is_said_beside_each_field_and_nothing_is_booked()
    {
        await using var scene = await BookingScene.SetAsync();
        var page = await OpenAsync(scene);

        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("button.slot")), Patience);

        await page.SubmitAsync();

        foreach (var label in new[] { "Patient", "Indication", "Technique", "Date", "Start" })
        {
            Assert.True(page.Field(label).GetAttribute("aria-invalid") == "true", $"{label} does not say that it is missing");
            Assert.NotEqual("", page.Described(page.Field(label)));
        }

        Assert.Single(page.FindAll("#areas-face-error, #areas-scalp-error, #areas-body-error"));
        Assert.Equal(1, await AppointmentsAsync(scene));
    }

    [Fact]
    public async Task A_plan_is_assessed_as_it_is_made_and_booked_on_a_time_that_is_offered()
    {
        await using var scene = await BookingScene.SetAsync();
        var page = await OpenAsync(scene);
        await PickAsync(page);
        await PlanAsync(page);

        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".panel .verdict")), Patience);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("button.slot")), Patience);
        await page.OnAsync("button.slot", slot => slot.ClickAsync());
        await page.WaitForAssertionAsync(() => Assert.Contains("This time is free", page.Markup, StringComparison.Ordinal), Patience);
        await page.AcknowledgeAsync();
        await page.SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("/appointments/", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
        Assert.Equal(2, await AppointmentsAsync(scene));
    }

    [Fact]
    public async Task A_confirmation_is_sent_unless_its_tick_is_taken_away()
    {
        await using var scene = await BookingScene.SetAsync();
        var page = await OpenAsync(scene);
        await PickAsync(page);
        await page.ChooseAsync("Kind", "Consultation", "Consultation");
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("button.slot")), Patience);
        await page.OnAsync("button.slot", slot => slot.ClickAsync());
        await page.WaitForAssertionAsync(() => Assert.Contains("This time is free", page.Markup, StringComparison.Ordinal), Patience);
        const string Confirmation = "label.chk:contains('Send a confirmation. It holds no health details, only a link.') input";
        Assert.True(page.Find(Confirmation).HasAttribute("checked"));
        await page.OnAsync(Confirmation, tick => tick.Change(false));

        await page.SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("/appointments/", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain(MessageKind.Booked, await scene.Clinic.InDatabaseAsync(db => db.OutboxMessages.Select(m => m.Kind).ToListAsync()));
    }

    [Fact]
    public async Task A_refused_treatment_offers_a_consultation_and_cannot_be_sent()
    {
        await using var scene = await BookingScene.SetAsync(patient => patient.Medications.Add(new PatientMedication { Name = "Rivaroxaban", Atc = "B01AF01", LastDoseKind = LastDoseKind.StillTaken, NotedOn = new DateOnly(2026, 6, 1) }));
        var page = await OpenAsync(scene);
        await PickAsync(page);
        await PlanAsync(page);
        await page.EnterAsync("Date", "2026-06-09");

        await page.WaitForAssertionAsync(() => Assert.True(page.Find("button[type=submit]").HasAttribute("disabled"), page.Find(".book-side").TextContent), Patience);
        await page.PressAsync("Book a consultation instead");

        await page.WaitForAssertionAsync(() => Assert.False(page.Find("button[type=submit]").HasAttribute("disabled")), Patience);
        Assert.True(page.Option("Kind", "Consultation").HasAttribute("checked"));
    }

    [Fact]
    public async Task An_impossible_date_and_a_length_in_words_are_refused_beside_the_field_and_stay_as_typed()
    {
        await using var scene = await BookingScene.SetAsync();
        var page = await OpenAsync(scene);

        await page.EnterAsync("Date", "2026-02-30");
        await page.EnterAsync("Length", "1.234,5");
        await page.SubmitAsync();

        Assert.Equal(("2026-02-30", "1.234,5"), (page.Field("Date").GetAttribute("value"), page.Field("Length").GetAttribute("value")));
        Assert.Contains("This date does not exist", page.Described(page.Field("Date")), StringComparison.Ordinal);
        Assert.Equal("true", page.Field("Length").GetAttribute("aria-invalid"));
    }

    private static async Task PickAsync(IRenderedComponent<BookPage> page)
    {
        await page.TypeAsync("Patient", "lindq");
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll("[role=option]")), Patience);
        await page.OnAsync("[role=option]", found => found.ClickAsync());
    }

    private static async Task PlanAsync(IRenderedComponent<BookPage> page)
    {
        await page.EnterAsync("Indication", "ind-wrinkles");
        await page.ChooseAsync("Areas: face", "Forehead", true);
        await page.EnterAsync("Technique", "tech-nappage");
        await page.WaitForAssertionAsync(() => Assert.Contains("Hyaluronic acid, non-cross-linked", page.Markup, StringComparison.Ordinal), Patience);
        await page.ChooseAsync("Ingredients", "Hyaluronic acid, non-cross-linked", true);
    }

    private static Task<int> AppointmentsAsync(BookingScene scene) => scene.Clinic.InDatabaseAsync(db => db.Appointments.CountAsync());

    private async Task<IRenderedComponent<BookPage>> OpenAsync(BookingScene scene)
    {
        this.UseClinic(scene.Clinic, scene.Irina, "Cosmetologist");
        var page = Render<BookPage>();
        await page.WaitForElementAsync("#patient", Patience);
        return page;
    }
}

using Bunit;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Waitlist;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Waitlist;
using MesoClinic.Web.Tests.Booking;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Courses;

public sealed class WaitlistPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_patient_is_put_on_the_list_and_sees_the_offer_until_when_it_is_held()
    {
        await using var scene = await BookingScene.SetAsync();
        var other = await scene.Clinic.AddPatientAsync(new PatientOptions { FamilyName = "Osman", AssignedTo = [scene.Irina] });
        var taken = (await scene.Clinic.SendAsync(scene.Irina, BookingBuilders.ABooking(other, scene.Irina, scene.Room, AppointmentKind.Consultation))).Must();
        this.UseClinic(scene.Clinic, scene.Irina, "Cosmetologist");
        Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo($"waitlist/new?patient={scene.Hannah}");
        var form = Render<NewWaitlistPage>();
        await form.WaitForAssertionAsync(() => Assert.NotNull(form.Button("Put on the list")), Patience);

        await form.SubmitAsync();
        await form.WaitForAssertionAsync(() => Assert.EndsWith("/waitlist", Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().Uri, StringComparison.Ordinal), Patience);
        (await scene.Clinic.SendAsync(scene.Irina, new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();

        var page = Render<WaitlistPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("Tue 9 June, 10:00", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("Held until Mon 11:00", page.Markup, StringComparison.Ordinal);
        Assert.NotNull(page.Button("Takes it"));
    }

    [Fact]
    public async Task Without_a_patient_the_page_asks_for_one_and_goes_on_from_there()
    {
        await using var scene = await BookingScene.SetAsync();
        this.UseClinic(scene.Clinic, scene.Irina, "Cosmetologist");
        var page = Render<NewWaitlistPage>();
        Assert.Null(page.FindComponents<Components.Shared.Note>().SingleOrDefault());
        var contact = (await scene.Clinic.SendAsync(scene.Irina, new FindPatients.Query { Text = "Lindqvist" })).Must().Rows[0];

        await page.InvokeAsync(() => page.FindComponent<Components.Booking.PatientPicker>().Instance.ValueChanged.InvokeAsync(contact));

        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Button("Put on the list")), Patience);
        Assert.Contains(contact.Name, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_offer_stands_on_the_patients_page_with_its_answers()
    {
        await using var scene = await BookingScene.SetAsync();
        var other = await scene.Clinic.AddPatientAsync(new PatientOptions { FamilyName = "Osman", AssignedTo = [scene.Irina] });
        var account = await scene.Clinic.AddPatientAccountAsync(scene.Hannah);
        var taken = (await scene.Clinic.SendAsync(scene.Irina, BookingBuilders.ABooking(other, scene.Irina, scene.Room, AppointmentKind.Consultation))).Must();
        (await scene.Clinic.SendAsync(scene.Irina, new AddToWaitlist.Command { PatientId = scene.Hannah, Kind = AppointmentKind.Consultation, Until = BookingBuilders.NextTuesday })).Must();
        (await scene.Clinic.SendAsync(scene.Irina, new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();
        this.UseClinic(scene.Clinic, account, "Patient");

        var card = Render<MyOffersCard>();

        await card.WaitForAssertionAsync(() => Assert.Contains("Tuesday 9 June, 10:00", card.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(["Take this time", "No, but keep me on the list", "No, take me off the list"], card.FindAll("button").Select(button => button.TextContent.Trim()));
    }
}

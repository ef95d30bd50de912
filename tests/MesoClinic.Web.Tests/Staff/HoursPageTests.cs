using Bunit;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Staff;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Booking;
using MesoClinic.Web.Components.Staff;
using MesoClinic.Web.Tests.Booking;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;

namespace MesoClinic.Web.Tests.Staff;

public sealed class HoursPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_manager_closes_a_weekday_and_sees_which_appointments_that_leaves_outside()
    {
        await using var scene = await BookingScene.SetAsync();
        var manager = await scene.Clinic.AddManagerAsync();
        (await scene.Clinic.SendAsync(scene.Irina, BookingBuilders.ABooking(scene.Hannah, scene.Irina, scene.Room, AppointmentKind.Consultation))).Must();
        this.UseClinic(scene.Clinic, manager, "Manager");
        var page = Render<HoursPage>();
        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Option("Tuesday", "Tuesday")), Patience);
        Assert.DoesNotContain("now closed", page.Markup, StringComparison.Ordinal);

        await page.ChooseAsync("Tuesday", "Tuesday", false);
        await page.SubmitAsync();

        await page.WaitForAssertionAsync(async () => Assert.DoesNotContain((await HoursAsync(scene, manager)).Hours, day => day.Day == DayOfWeek.Tuesday), Patience);
        Assert.Equal(6, (await HoursAsync(scene, manager)).Hours.Count);
        var after = Render<HoursPage>();
        await after.WaitForAssertionAsync(() => Assert.Contains("One appointment is booked in a time that is now closed", after.Markup, StringComparison.Ordinal), Patience);
        var displaced = Render<DisplacedPage>();
        await displaced.WaitForAssertionAsync(() => Assert.Contains("Closed on Tuesdays. Open again on Wednesday 10 June, 09:00.", displaced.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task An_end_before_the_start_is_told_beside_its_field_and_nothing_is_saved()
    {
        await using var scene = await BookingScene.SetAsync();
        var manager = await scene.Clinic.AddManagerAsync();
        this.UseClinic(scene.Clinic, manager, "Manager");
        var page = Render<HoursPage>();
        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Option("Monday", "Monday")), Patience);

        await page.InvokeAsync(() => page.FindAll("input[type=time]")[1].Change("08:00"));
        await page.SubmitAsync();

        Assert.Contains("Must be later than the start, on the same day.", page.Markup, StringComparison.Ordinal);
        Assert.Equal(new TimeOnly(19, 0), (await HoursAsync(scene, manager)).Hours[0].To);
    }

    private static async Task<GetClinicHours.Result> HoursAsync(BookingScene scene, Guid manager) => (await scene.Clinic.SendAsync(manager, new GetClinicHours.Query())).Must();
}

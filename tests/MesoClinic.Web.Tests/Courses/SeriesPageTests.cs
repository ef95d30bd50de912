using Bunit;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Courses;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Courses;
using MesoClinic.Web.Tests.Booking;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;

namespace MesoClinic.Web.Tests.Courses;

public sealed class SeriesPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_series_shows_its_conflicts_and_books_what_stays_ticked()
    {
        await using var scene = await BookingScene.SetAsync();
        var course = await PlanAsync(scene);
        var taken = await scene.Clinic.AddPatientAsync(new PatientOptions { FamilyName = "Osman", AssignedTo = [scene.Irina] });
        (await scene.Clinic.SendAsync(scene.Irina, BookingBuilders.ABooking(taken, scene.Irina, scene.Room, AppointmentKind.Consultation, new DateOnly(2026, 6, 8), "09:00"))).Must();
        this.UseClinic(scene.Clinic, scene.Irina, "Cosmetologist");
        var page = Render<SeriesPage>(parameters => parameters.Add(p => p.Id, course));
        await page.WaitForAssertionAsync(() => Assert.Contains("3 of 3 placed", page.Markup, StringComparison.Ordinal), Patience);

        await page.EnterAsync("Time of day", "09:00");
        await page.SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("09:00 is not free that day.", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("One had to give way", page.Markup, StringComparison.Ordinal);
        await page.AcknowledgeAsync();
        await page.InvokeAsync(() => page.FindAll(".series input")[2].ChangeAsync(false));
        await page.PressAsync("Book 2 sessions");

        await page.WaitForAssertionAsync(async () => Assert.Equal(2, (await BookedAsync(scene, course)).Course.Booked), Patience);
        var shown = Render<CoursePage>(parameters => parameters.Add(p => p.Id, course));
        await shown.WaitForAssertionAsync(() => Assert.Contains("0 of 3 done", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(2, shown.FindAll(".course-sessions li").Count);
        Assert.Contains("Book the last session", shown.Markup, StringComparison.Ordinal);
    }

    private static async Task<GetCourse.Result> BookedAsync(BookingScene scene, Guid course) => (await scene.Clinic.SendAsync(scene.Irina, new GetCourse.Query(course))).Must();

    private static async Task<Guid> PlanAsync(BookingScene scene) => (await scene.Clinic.SendAsync(scene.Irina, new PlanCourse.Command
    {
        PatientId = scene.Hannah,
        PractitionerId = scene.Irina,
        Indication = "ind-wrinkles",
        Areas = ["forehead"],
        Technique = "tech-nappage",
        Ingredients = ["ing-hyaluronic-acid"],
        Sessions = 3,
        IntervalDaysMin = 5,
        IntervalDaysMax = 7,
    })).Must();
}

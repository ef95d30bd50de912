using Bunit;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Staff;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Booking;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Booking;

public sealed class MessagesPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_could_not_be_sent_is_listed_and_goes_out_when_a_manager_tries_again()
    {
        await using var scene = await BookingScene.SetAsync();
        await scene.Clinic.InDatabaseAsync(db => db.Patients.ExecuteUpdateAsync(p => p.SetProperty(x => x.Email, "no address")));
        await BookAsync(scene);
        await SendAsync(scene);
        this.UseClinic(scene.Clinic, await scene.Clinic.AddManagerAsync(), "Manager");
        var page = Render<MessagesPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("The e-mail address cannot be used", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("Hannah Lindqvist", page.Find("tbody").TextContent, StringComparison.Ordinal);

        await scene.Clinic.InDatabaseAsync(db => db.Patients.ExecuteUpdateAsync(p => p.SetProperty(x => x.Email, "hannah@post.example")));
        await page.SubmitAsync("form:contains('Try again')");

        Assert.Equal(1, await SendAsync(scene));
        var after = Render<MessagesPage>();
        await after.WaitForAssertionAsync(() => Assert.Contains("Everything due went out", after.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_manager_changes_when_patients_are_reminded()
    {
        await using var scene = await BookingScene.SetAsync();
        var manager = await scene.Clinic.AddManagerAsync();
        this.UseClinic(scene.Clinic, manager, "Manager");
        var page = Render<MessagesPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal("48", page.Field("First, before the start").GetAttribute("value")), Patience);

        await page.EnterAsync("First, before the start", "2");
        await page.SubmitAsync();
        Assert.Contains("The first reminder comes before the last one", page.Markup, StringComparison.Ordinal);

        await page.EnterAsync("First, before the start", "24");
        await page.SubmitAsync();

        await page.WaitForAssertionAsync(async () => Assert.Equal(24, (await scene.Clinic.SendAsync(manager, new GetReminders.Query())).Must().Reminders.FirstHours), Patience);
    }

    [Fact]
    public async Task The_appointment_says_that_a_patient_without_an_address_was_not_told()
    {
        await using var scene = await BookingScene.SetAsync(patient => patient.Email = null);
        var id = await BookAsync(scene);
        await SendAsync(scene);
        this.UseClinic(scene.Clinic, scene.Irina, "Cosmetologist");

        var card = Render<MessagesCard>(parameters => parameters.Add(c => c.AppointmentId, id).Add(c => c.IsAhead, true));

        await card.WaitForAssertionAsync(() => Assert.Contains("Not told: no e-mail. Please call.", card.Markup, StringComparison.Ordinal), Patience);
    }

    private static async Task<Guid> BookAsync(BookingScene scene) =>
        (await scene.Clinic.SendAsync(scene.Irina, BookingBuilders.ABooking(scene.Hannah, scene.Irina, scene.Room, AppointmentKind.Consultation))).Must();

    private static async Task<int> SendAsync(BookingScene scene)
    {
        await using var scope = scene.Clinic.Scope();
        return await scope.ServiceProvider.GetRequiredService<OutboxSender>().RunAsync(CancellationToken.None);
    }
}

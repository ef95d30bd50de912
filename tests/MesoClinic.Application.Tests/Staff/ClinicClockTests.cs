using MesoClinic.Application.Rules;
using MesoClinic.Application.Staff;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Staff;

/// <summary>What a change of the clinic's clock or place does to the appointments that are made already.</summary>
public sealed class ClinicClockTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Appointments_keep_the_promised_wall_clock_time_in_another_zone(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var first = await desk.BookAsync(start: "10:00");
        var (second, next) = (await desk.AnotherPatientAsync(), await desk.BookAsync(AppointmentKind.Consultation, start: "11:00"));

        await ChangeAsync(desk, command => command.TimeZone = "Europe/Paris");

        Assert.Equal(new DateTime(2026, 6, 9, 8, 0, 0, DateTimeKind.Utc), (await desk.Clinic.AppointmentAsync(first)).StartUtc);
        Assert.Equal(new DateTime(2026, 6, 9, 9, 30, 0, DateTimeKind.Utc), (await desk.Clinic.AppointmentAsync(next)).EndUtc);
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
        Assert.IsType<Failure.Conflict>((await desk.SendAsync(BookingBuilders.ABooking(second, desk.Irina, desk.Room, AppointmentKind.Consultation, start: "10:00"))).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task A_zone_in_which_a_promised_time_does_not_exist_is_refused_and_names_it(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var id = await desk.BookAsync();

        // Chile's clocks go forward at midnight of 6 September.
        await desk.Clinic.InDatabaseAsync(db => db.Appointments.Where(a => a.Id == id).ExecuteUpdateAsync(a => a
            .SetProperty(x => x.WallStart, new DateTime(2026, 9, 6, 0, 30, 0)).SetProperty(x => x.StartUtc, new DateTime(2026, 9, 5, 23, 30, 0)).SetProperty(x => x.EndUtc, new DateTime(2026, 9, 6, 0, 0, 0))));

        var problem = Assert.Single(Assert.IsType<Failure.Invalid>((await TryChangeAsync(desk, command => command.TimeZone = "America/Santiago")).Failure).Errors["TimeZone"]);

        Assert.Contains("2026-09-06 00:30 (Irina Volkova)", problem, StringComparison.Ordinal);
        Assert.Equal("Europe/London", await desk.Clinic.InDatabaseAsync(db => db.Clinics.Select(clinic => clinic.TimeZone).SingleAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_other_hemisphere_has_another_season(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await ChangeAsync(desk, command => command.Hemisphere = Hemisphere.South);
        await desk.TakesAsync("J01AA02");
        var id = await desk.BookAsync();
        var before = (await desk.Clinic.AppointmentAsync(id)).Decision;

        await ChangeAsync(desk, command => command.Hemisphere = Hemisphere.North);

        Assert.True((await desk.Clinic.AppointmentAsync(id)).Decision > before);
        Assert.Equal(id, Assert.Single((await desk.SendAsync(new ListSafetyTasks.Query())).Must().Tasks).AppointmentId);
    }

    private static async Task ChangeAsync(Desk desk, Action<ChangeClinicSettings.Command> change) => (await TryChangeAsync(desk, change)).Must();

    private static async Task<Outcome<Done>> TryChangeAsync(Desk desk, Action<ChangeClinicSettings.Command> change)
    {
        var now = await desk.Clinic.InDatabaseAsync(db => db.Clinics.AsNoTracking().SingleAsync());
        var command = new ChangeClinicSettings.Command
        {
            Version = now.Version, Name = now.Name, Phone = now.Phone, EmergencyNumber = now.EmergencyNumber, TimeZone = now.TimeZone, Hemisphere = now.Hemisphere, AnyoneBooksAnyColumn = now.AnyoneBooksAnyColumn,
        };
        change(command);
        return await desk.Clinic.SendAsync(await desk.Clinic.AddManagerAsync(), command);
    }
}

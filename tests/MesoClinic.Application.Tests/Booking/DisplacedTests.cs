using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Booking;

public sealed class DisplacedTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Who_is_booked_with_somebody_who_left_or_in_a_closed_room_is_listed_with_the_way_out(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var id = (await desk.SendAsync(desk.Booking(AppointmentKind.Consultation))).Must();
        Assert.Empty((await desk.SendAsync(new ListDisplaced.Query())).Must());

        await desk.Clinic.InDatabaseAsync(db => db.Rooms.Where(room => room.Id == desk.Room).ExecuteUpdateAsync(room => room.SetProperty(r => r.IsActive, false)));
        var closed = Assert.Single((await desk.SendAsync(new ListDisplaced.Query())).Must());
        Assert.Equal(id, closed.Id);
        Assert.Contains("is closed. Move it to another room.", closed.Why, StringComparison.Ordinal);

        await desk.Clinic.InDatabaseAsync(db => db.Staff.Where(member => member.Id == desk.Irina).ExecuteUpdateAsync(member => member.SetProperty(m => m.TakesAppointments, false)));
        Assert.Contains("takes no appointments any more", Assert.Single((await desk.SendAsync(new ListDisplaced.Query())).Must()).Why, StringComparison.Ordinal);
    }
}

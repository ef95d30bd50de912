using System.Security.Cryptography;
using System.Text.Json;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Pipeline;
using MesoClinic.Application.Staff;
using MesoClinic.Data;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MesoClinic.Application.Tests.Pipeline;

public sealed class PipelineTests
{
    private sealed record Undeclared : IQuery<Done>;

    [Fact]
    public async Task A_request_without_a_permission_is_refused_even_to_a_manager()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await clinic.AddManagerAsync();
        await using var scope = clinic.Scope();
        var services = scope.ServiceProvider;
        var user = services.GetRequiredService<CurrentUser>();
        user.Is(manager, null, "test");
        var door = new Authorise<Undeclared, Outcome<Done>>(
            services.GetRequiredService<ClinicDbContext>(), user, services.GetRequiredService<AuditTrail>(), services.GetRequiredService<AuditWriter>());
        var reached = false;
        var outcome = await door.Handle(new Undeclared(), default, () =>
        {
            reached = true;
            return Task.FromResult<Outcome<Done>>(default(Done));
        });
        Assert.IsType<Failure.Forbidden>(outcome.Failure);
        Assert.False(reached);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_same_command_sent_twice_acts_once_and_answers_the_same(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var command = new SaveRoom.Command { Name = "Room 1" };
        var first = await clinic.SendAsync(manager, command);
        var second = await clinic.SendAsync(manager, new SaveRoom.Command { CommandId = command.CommandId, Name = "Room 1" });
        Assert.Equal(first.Value, second.Value);
        Assert.Equal(1, await clinic.InDatabaseAsync(db => db.Rooms.CountAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_same_command_id_with_other_content_is_refused(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var command = new SaveRoom.Command { Name = "Room 1" };
        await clinic.SendAsync(manager, command);
        var other = await clinic.SendAsync(manager, new SaveRoom.Command { CommandId = command.CommandId, Name = "Room 2" });
        Assert.IsType<Failure.Conflict>(other.Failure);
        Assert.Equal("Room 1", await clinic.InDatabaseAsync(db => db.Rooms.Select(room => room.Name).SingleAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_refusal_leaves_no_change_but_an_audit_row_and_may_be_sent_again(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var command = new AddStaff.Command { Name = "Irina Volkova", Email = "irina@clinic.example", IsCosmetologist = true, Qualification = Domain.Staff.Qualification.Nurse };
        Assert.True((await clinic.SendAsync(manager, command)).Succeeded);
        var again = new AddStaff.Command { Name = "Another", Email = "IRINA@clinic.example", IsManager = true };
        var refused = await clinic.SendAsync(manager, again);
        Assert.Contains(nameof(again.Email), Assert.IsType<Failure.Invalid>(refused.Failure).Errors.Keys);
        Assert.Equal(2, await clinic.InDatabaseAsync(db => db.Staff.CountAsync()));
        Assert.Equal(["Done", "Invalid"], await clinic.InDatabaseAsync(db => db.AuditEntries.Where(e => e.Action == nameof(AddStaff)).OrderBy(e => e.Sequence).Select(e => e.Outcome).ToListAsync()));

        again.Email = "other@clinic.example";
        Assert.True((await clinic.SendAsync(manager, again)).Succeeded);
    }

    [Fact]
    public async Task A_changed_security_stamp_refuses_the_next_request()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await clinic.AddManagerAsync();
        Assert.True(await SendWithStampAsync("stamp"));
        await clinic.InDatabaseAsync(db => db.Users.Where(user => user.Id == manager).ExecuteUpdateAsync(user => user.SetProperty(u => u.SecurityStamp, "another")));
        Assert.False(await SendWithStampAsync("stamp"));

        async Task<bool> SendWithStampAsync(string stamp)
        {
            await using var scope = clinic.Scope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().Is(manager, stamp, "test");
            return (await scope.ServiceProvider.GetRequiredService<MediatR.IMediator>().Send(new ListStaff.Query())).Succeeded;
        }
    }

    [Fact]
    public async Task A_refusal_at_the_door_is_written_down()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var cosmetologist = await clinic.AddCosmetologistAsync();
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(cosmetologist, new ListStaff.Query())).Failure);
        var entry = await clinic.InDatabaseAsync(db => db.AuditEntries.SingleAsync());
        Assert.Equal((cosmetologist, nameof(ListStaff), "Forbidden"), (entry.UserId, entry.Action, entry.Outcome));
    }

    [Fact]
    public async Task What_a_command_said_cannot_be_guessed_from_what_is_kept_of_it()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var command = new SaveRoom.Command { Name = "Room 1" };
        Assert.True((await clinic.SendAsync(await clinic.AddManagerAsync(), command)).Succeeded);
        var content = JsonSerializer.SerializeToUtf8Bytes(command, JsonColumn.Options);
        var kept = await clinic.InDatabaseAsync(db => db.ProcessedCommands.Select(done => done.ContentHash).SingleAsync());
        Assert.NotEqual(Convert.ToHexStringLower(SHA256.HashData(content)), kept);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Enumerable.Repeat((byte)7, 32).ToArray(), content)), kept);
    }
}

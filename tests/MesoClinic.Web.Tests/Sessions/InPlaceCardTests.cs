using Bunit;
using MesoClinic.Application;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class InPlaceCardTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_colleague_stops_a_record_that_was_left_open_and_signs_it_a_day_later()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (scene, colleague) = (await SessionScene.StartedAsync(clinic), await clinic.AddCosmetologistAsync("Linh Tran"));
        await clinic.InDatabaseAsync(async db =>
        {
            db.PatientAssignments.Add(new Domain.Patients.PatientAssignment { PatientId = scene.Patient, StaffMemberId = colleague, AssignedUtc = TestClinic.Start.UtcDateTime });
            await db.SaveChangesAsync();
        });
        this.UseClinic(clinic, colleague, "Cosmetologist");
        Services.AddSingleton(clinic.Clock).AddSingleton<TimeProvider>(clinic.Clock).AddSingleton<SessionScreens>();
        var record = await ReadAsync();
        var card = Render<InPlaceCard>(parameters => parameters.Add(c => c.Record, record));

        await card.EnterAsync("Why does the session stop?", "Irina Volkova was taken ill");
        await card.SubmitAsync();
        await card.WaitForAssertionAsync(async () => Assert.NotNull((await ReadAsync()).AbortedAt), Patience);
        record = await ReadAsync();
        card.Render(parameters => parameters.Add(c => c.Record, record));
        Assert.Contains("a colleague can sign it in their place", card.Markup, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("button"));

        clinic.Clock.Advance(TimeSpan.FromHours(24));
        record = await ReadAsync();
        card.Render(parameters => parameters.Add(c => c.Record, record));
        await card.OnAsync("button", button => button.ClickAsync());

        await card.WaitForAssertionAsync(async () => Assert.Equal(("Irina Volkova", "Linh Tran"), ((await ReadAsync()).Practitioner, (await ReadAsync()).SignedBy)), Patience);

        async Task<GetSession.Record> ReadAsync() => (await clinic.SendAsync(colleague, new GetSession.Query { SessionId = scene.Session })).Must();
    }
}

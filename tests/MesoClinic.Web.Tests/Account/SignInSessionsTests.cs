using System.Security.Claims;
using MesoClinic.Testing;
using MesoClinic.Web.Hosting;
using Xunit;

namespace MesoClinic.Web.Tests.Account;

public sealed class SignInSessionsTests
{
    private readonly FakeClock clock = new(TestClinic.Start);

    [Theory]
    [InlineData("Cosmetologist", 30)]
    [InlineData("Manager", 30)]
    [InlineData("Patient", 15)]
    public void A_sign_in_ends_after_its_idle_time(string role, int minutes)
    {
        var sessions = new SignInSessions(clock);
        var user = Person(sessions, role);
        Assert.True(sessions.IsLive(user));
        clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.True(sessions.IsLive(user));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(sessions.IsLive(user));
        sessions.Touch(user);
        Assert.False(sessions.IsLive(user));
    }

    [Fact]
    public void Asking_whether_it_stands_is_no_activity_and_working_is()
    {
        var sessions = new SignInSessions(clock);
        var (asked, working) = (Person(sessions, "Manager"), Person(sessions, "Manager"));
        sessions.Touch(asked);
        for (var minute = 0; minute < 40; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            sessions.IsLive(asked);
            sessions.Touch(working);
        }

        Assert.False(sessions.IsLive(asked));
        Assert.True(sessions.IsLive(working));
    }

    [Fact]
    public void A_working_day_ends_even_the_busiest_sign_in()
    {
        var sessions = new SignInSessions(clock);
        var user = Person(sessions, "Manager");
        for (var minute = 0; minute < 8 * 60; minute++)
        {
            Assert.True(sessions.IsLive(user));
            sessions.Touch(user);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.False(sessions.IsLive(user));
        Assert.False(new SignInSessions(clock).IsLive(user));
    }

    [Fact]
    public void Signing_out_ends_this_sign_in_in_all_tabs_and_no_other()
    {
        var sessions = new SignInSessions(clock);
        var (here, elsewhere) = (Person(sessions, "Manager"), Person(sessions, "Manager"));
        string? told = null;
        sessions.Ended += (_, ended) => told = ended.Session;
        sessions.End(here);
        Assert.Equal(SignInSessions.IdOf(here), told);
        Assert.False(sessions.IsLive(here));
        Assert.True(sessions.IsLive(elsewhere));
    }

    [Fact]
    public void A_cookie_without_a_sign_in_is_refused() =>
        Assert.False(new SignInSessions(clock).IsLive(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, "Manager")], "test"))));

    private static ClaimsPrincipal Person(SignInSessions sessions, string role) => new(new ClaimsIdentity([.. sessions.Begin(), new Claim(ClaimTypes.Role, role)], "test"));
}

using MediatR;
using MesoClinic.Domain.Complications;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Complications;

/// <summary>How many entries of the log are not closed yet: the figure beside the link to it.</summary>
public static class CountOpenComplications
{
    [Requires(Permission.ReadComplications)]
    public sealed record Query : IQuery<int>;

    internal sealed class Handler(ComplicationAccess access) : IRequestHandler<Query, Outcome<int>>
    {
        public async Task<Outcome<int>> Handle(Query query, CancellationToken token) =>
            await access.Visible().CountAsync(c => c.State != ComplicationState.Closed, token);
    }
}

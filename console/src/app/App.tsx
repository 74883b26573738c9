// The whole console: theme, language, query cache, router; signed out it is the sign-in page.
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, useMemo } from 'react';
import { RouterProvider } from 'react-router';
import { Refusal } from '../api/client';
import { retry } from '../api/queries';
import { useSettings } from '../i18n/settings';
import { makeRouter } from './routes';
import { useTheme } from './theme';

/** A session that has ended shows the sign-in page, at the same address; drafts stay. */
const ended = (error: unknown) => {
  if (error instanceof Refusal && error.status === 401) client.setQueryData(['me'], null);
};

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: ended }),
  mutationCache: new MutationCache({ onError: ended }),
  defaultOptions: { queries: { retry, staleTime: 5_000, refetchOnWindowFocus: true } },
});

export function App() {
  const { lang } = useSettings();
  const theme = useTheme();
  const router = useMemo(makeRouter, []);
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  }, [lang]);
  dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en');
  return (
    <ConfigProvider
      theme={theme}
      locale={lang === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
